import { createRoot } from "react-dom/client";
import { watchLock } from "./kit/lock";
import { pageAt } from "./kit/pages";
import { remembered, showTheme } from "./kit/remembered";
import "./kit/tokens.css";
import "./kit/base.css";

if (remembered("theme") === "light") showTheme("light");

/** One file serves every address; each page brings its own code, so that an office never loads the map. */
const PAGES = {
  desk: () => import("./desk/start"),
  workforce: () => import("./workforce/start"),
  hospital: () => import("./hospital/start"),
  crew: () => import("./crew/start"),
  admin: () => import("./admin/start"),
  signin: () => import("./signin/start"),
};

const root = document.getElementById("root");
if (root) {
  const { start } = await PAGES[pageAt(location.pathname)]();
  start(createRoot(root));
  void watchLock(() => void import("./signin/showLock").then(({ showLock }) => showLock(root)));
}
