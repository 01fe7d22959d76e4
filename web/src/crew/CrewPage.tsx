import { useEffect, useState } from "react";
import { unitHere } from "./device";
import { SignOn } from "./SignOn";
import { UnitPage } from "./UnitPage";

/** A crew's page: which unit this device is of, then that unit's own page. */
export function CrewPage() {
  const [unit, setUnit] = useState(unitHere);
  useEffect(() => {
    document.title = "Crew - goldenhour";
  }, []);
  if (unit) return <UnitPage key={unit} unit={unit} onLeave={() => setUnit(unitHere())} />;
  return <SignOn onUnit={() => setUnit(unitHere())} />;
}
