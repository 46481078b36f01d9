import "../shared/tokens.css";
import "../shared/base.css";
import "./page.css";
import "./screens.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { openRoom } from "./room.svelte";
import { followTheme } from "./theme";

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no #app");

followTheme();
mount(App, { target, props: { room: openRoom() } });
