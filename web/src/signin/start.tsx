/** Bring the sign-in page to life. */

import type { Root } from "react-dom/client";
import { SignInPage } from "./SignInPage";
import "./signin.css";

export function start(root: Root): void {
  document.title = "Sign in - goldenhour";
  root.render(<SignInPage />);
}
