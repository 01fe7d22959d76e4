/** The office: people, credentials, scope, crews and training; and each person's own page. */

import type { Root } from "react-dom/client";
import { OfficePage } from "./OfficePage";
import "./workforce.css";

export function start(root: Root): void {
  root.render(<OfficePage />);
}
