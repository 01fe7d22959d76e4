import { useEffect, useId, useRef, useState, type ReactNode, type SubmitEvent } from "react";
import type { Refusal } from "../api/client";
import { asRefusal } from "./ask";

/** A sheet over the page. Escape and the cross close it; the focus goes back to where it came from. */
export function Sheet({
  head,
  onClose,
  wide = false,
  children,
}: {
  head: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const node = sheet.current;
    const before = document.activeElement;
    node?.showModal();
    return () => {
      node?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={sheet} className={wide ? "sheet wide-sheet" : "sheet"} aria-labelledby={id} onClose={onClose}>
      <div className="panel-head">
        <h2 id={id}>{head}</h2>
        <button type="button" className="button plain" onClick={onClose}>
          Close <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}

/** A form in a sheet: one main action, the server's refusal in words above it. */
export function FormSheet({
  head,
  action,
  fault = null,
  onClose,
  onSend,
  children,
}: {
  head: string;
  /** What the main button says: the gesture itself, never "OK". */
  action: string;
  /** Why it cannot be sent yet, in words; null when it can. */
  fault?: string | null;
  onClose: () => void;
  /** Sends it; a refusal that it throws is shown, and the sheet stays. */
  onSend: () => Promise<void>;
  children: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Who opened the form is going to fill it: the keys go to its first field, once the sheet is shown.
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault !== null || busy) return;
    setBusy(true);
    setRefusal(null);
    onSend().then(onClose, (error: unknown) => {
      setRefusal(asRefusal(error));
      setBusy(false);
    });
  };
  return (
    <Sheet head={head} onClose={onClose}>
      <form ref={form} onSubmit={send} noValidate>
        {children}
        {refusal && (
          <p className="refused" role="alert">
            <strong>{refusal.what}</strong> {refusal.todo}
          </p>
        )}
        {tried && fault !== null && (
          <p className="refused" role="alert">
            {fault}
          </p>
        )}
        <div className="actions">
          <button type="submit" className="button main" aria-disabled={fault !== null || busy} title={fault ?? undefined}>
            {busy ? "Sending" : action}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
