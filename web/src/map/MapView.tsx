import { useEffect, useRef } from "react";
import { store, useDesk } from "../desk/store";
import { CountyMap } from "./CountyMap";

/** The map: React gives it a place to stand and nothing else; it draws past React, from the store. */
export function MapView() {
  const box = useRef<HTMLDivElement>(null);
  const fault = useDesk((state) => state.mapFault);
  const region = useDesk((state) => state.picture?.board.region.name);
  const attribution = useDesk((state) => state.picture?.board.region.attribution);
  useEffect(() => {
    const element = box.current;
    if (!element || region === undefined) return undefined;
    try {
      const map = new CountyMap(element);
      return () => map.remove();
    } catch (error) {
      console.error(error);
      store.set({ mapFault: true });
      return undefined;
    }
  }, [region]);
  return (
    <>
      <div ref={box} className="map-canvas" />
      {attribution && <p className="attribution" title={attribution}>{attribution}</p>}
      {fault && (
        <p className="map-fault">
          The map cannot be drawn: this browser has no WebGL. The lists on both sides carry the same facts.
        </p>
      )}
    </>
  );
}
