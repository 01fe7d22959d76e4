/** Choices that this browser keeps: the theme and the sound. A browser without storage forgets, and works. */

export type Theme = "dark" | "light";

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`goldenhour.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`goldenhour.${key}`, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(`goldenhour.${key}`);
  } catch {
    // What was refused to be kept is not there either.
  }
}

/** Dark unless a person chose light here. */
export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === "light" ? "light" : "dark";
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
}

export function soundIsOn(): boolean {
  return remembered("sound") === "on";
}
