import "../shared/tokens.css";
import "../shared/fonts/fonts.css";
import "../shared/base.css";
import "./console.css";
import { openHost } from "@host";
import { mount } from "svelte";
import App from "./App.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("the page has no #app");

mount(App, { target, props: { host: openHost("console") } });
