/** A crew's page: the call, the way there, the next step under the thumb; also where there is no signal. */

import type { Root } from "react-dom/client";
import { CrewPage } from "./CrewPage";
import { startClock } from "./device";
import { startWorker } from "./worker";
import "./crew.css";

export function start(root: Root): void {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = "/static/web/crew.webmanifest";
  document.head.append(manifest);
  startClock();
  startWorker();
  root.render(<CrewPage />);
}
