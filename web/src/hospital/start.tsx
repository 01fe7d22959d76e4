/** A hospital's page: who comes, what is to be ready, who waits at the door, and how the hospital stands. */

import type { Root } from "react-dom/client";
import { HospitalPage } from "./HospitalPage";
import "./hospital.css";

export function start(root: Root): void {
  root.render(<HospitalPage />);
}
