// The second script: it offers what it holds to the first.

import { offer } from "../later";
import More from "./More.svelte";

offer(More);
