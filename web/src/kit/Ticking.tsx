import { useEffect, useRef } from "react";
import { elapsed, left, secondsBetween } from "./format";
import { tick } from "./ticker";

/** Text that follows the county's clock without rendering anything again. */
export function Ticking({ text, className }: { text: (simMs: number) => string; className?: string }) {
  const node = useRef<HTMLSpanElement>(null);
  useEffect(() => (node.current ? tick(node.current, text) : undefined), [text]);
  return <span ref={node} className={className} />;
}

/** Time since an instant, ticking; blank when the instant is missing. */
export function Age({ since, className }: { since: string | null; className?: string }) {
  const node = useRef<HTMLSpanElement>(null);
  useEffect(
    () => (node.current ? tick(node.current, (simMs) => elapsed(secondsBetween(since, simMs))) : undefined),
    [since],
  );
  return <span ref={node} className={className} />;
}

/** What is left of a target that began at an instant: "3:12 left", then "0:20 over". */
export function TargetLeft({ since, target_s }: { since: string; target_s: number }) {
  const node = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const element = node.current;
    if (!element) return undefined;
    return tick(element, (simMs) => {
      const gone = secondsBetween(since, simMs);
      if (gone === null) return "";
      element.classList.toggle("over", gone > target_s);
      return left(target_s - gone);
    });
  }, [since, target_s]);
  return <span ref={node} className="left" />;
}
