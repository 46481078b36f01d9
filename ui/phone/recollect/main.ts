// The second script: it offers what it holds to the first.

import { offer } from "../later";
import Recollect from "./Recollect.svelte";

offer(Recollect);
