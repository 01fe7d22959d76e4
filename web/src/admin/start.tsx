/** Administration: accounts, who read what, broken glass, programs' tokens, paging; and the page that breaks the glass. */

import type { Root } from "react-dom/client";
import { AdminPage } from "./AdminPage";
import "../workforce/workforce.css";
import "./admin.css";

export function start(root: Root): void {
  root.render(<AdminPage />);
}
