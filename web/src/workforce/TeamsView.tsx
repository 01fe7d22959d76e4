import { useState } from "react";
import { useAsk, useSettled } from "../kit/ask";
import { TextField } from "../kit/Fields";
import { count, percent } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Answer } from "../kit/States";
import { Link, withQuery, type Where } from "../kit/where";
import { momentWords } from "../kit/zoned";
import { JoinTeam, SetTeam } from "./CourseForms";
import { useSetting } from "./setting";
import type { Coverage, Team, Worth } from "./types";
import { said } from "./words";

const DAY_MS = 86_400_000;

/** Employers' response teams: who is on site when, where nobody is, and what it gains. */
export function TeamsView({ where }: { where: Where }) {
  const asked = useAsk<{ teams: Team[] }>("/api/workforce/teams");
  const open = where.query.get("team");
  const officer = holds(useSession(), "credentialing");
  const [adding, setAdding] = useState(false);
  return (
    <>
      {officer && (
        <div className="filters">
          <button type="button" className="button main" onClick={() => setAdding(true)}>
            Add a team
          </button>
        </div>
      )}
      {adding && <SetTeam onClose={() => setAdding(false)} onDone={asked.again} />}
    <Answer asked={asked} empty={({ teams }) => (teams.length === 0 ? "No employer's response team is on record yet." : null)}>
      {({ teams }) => (
        <>
          <ul className="cards">
            {teams.map((one) => (
              <li key={one.id}>
                <h2>
                  <Link href={withQuery(where, { team: one.id })}>{one.site}</Link>
                </h2>
                <p className="muted">
                  {one.id}, {one.state}; at least {count(one.least, said(one.level))} with a {one.asks}
                </p>
                <p>
                  {count(one.members.length, "member")}: {one.members.map((each) => each.person).join(", ")}
                </p>
                <p className="muted">
                  {one.shifts.map((each) => `${said(each.name)} ${each.hours}`).join("; ")}
                </p>
              </li>
            ))}
          </ul>
          {teams
            .filter((one) => one.id === open)
            .map((one) => (
              <OneTeam key={one.id} team={one} onChanged={asked.again} officer={officer} />
            ))}
        </>
      )}
    </Answer>
    </>
  );
}

const address = (team: string) => `/api/workforce/teams/${encodeURIComponent(team).replaceAll("%2F", "/")}`;

function OneTeam({ team, officer, onChanged }: { team: Team; officer: boolean; onChanged: () => void }) {
  const [joining, setJoining] = useState(false);
  const zone = useSetting()?.time_zone ?? "UTC";
  const asked = useAsk<Coverage>(`${address(team.id)}/coverage`);
  return (
    <section className="team" aria-label={`Coverage of ${team.site}`}>
      <div className="section-head part-head">
        <h2>Coverage of {team.site}, the next seven days</h2>
        {officer && (
          <button type="button" className="button" onClick={() => setJoining(true)}>
            Add a member
          </button>
        )}
      </div>
      {joining && (
        <JoinTeam
          path={address(team.id)}
          onClose={() => setJoining(false)}
          onDone={() => {
            asked.again();
            onChanged();
          }}
        />
      )}
      <Answer asked={asked}>
        {(coverage) => (
          <ul className="coverage">
            {coverage.shifts.map((one) => (
              <li key={one.name}>
                <p>
                  <strong>{said(one.name)}</strong> {percent(one.fraction)} covered, {Number(one.covered_hours.toFixed(1))} of{" "}
                  {Number(one.hours.toFixed(1))} h
                </p>
                <CoverageLine coverage={coverage} shift={one} />
                {one.gaps.length > 0 && (
                  <details>
                    <summary>{count(one.gaps.length, "gap")}</summary>
                    <ul className="missing">
                      {one.gaps.map((gap) => (
                        <li key={gap.start}>
                          {momentWords(gap.start, zone)} to {momentWords(gap.end, zone)}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <WorthView team={team} />
    </section>
  );
}

function CoverageLine({ coverage, shift }: { coverage: Coverage; shift: Coverage["shifts"][number] }) {
  const zone = useSetting()?.time_zone ?? "UTC";
  const from = Date.parse(coverage.start);
  const length = Math.max(1, Date.parse(coverage.end) - from);
  const x = (at: string) => ((Date.parse(at) - from) / length) * 700;
  const days = Array.from({ length: Math.floor(length / DAY_MS) }, (_, k) => ((k * DAY_MS) / length) * 700);
  return (
    <svg className="coverage-line" viewBox="0 0 700 22" preserveAspectRatio="none" role="img" aria-label={`${percent(shift.fraction)} covered`}>
      {days.map((at) => (
        <line key={at} className="axis" x1={at} x2={at} y1="0" y2="22" />
      ))}
      {shift.stretches.map((one) => (
        <rect
          key={one.start}
          className={one.enough ? "enough" : "gap"}
          x={x(one.start)}
          width={Math.max(1, x(one.end) - x(one.start))}
          y={one.enough ? 4 : 9}
          height={one.enough ? 14 : 4}
        >
          <title>{`${momentWords(one.start, zone)} to ${momentWords(one.end, zone)}: ${one.who.join(", ") || "nobody"}`}</title>
        </rect>
      ))}
    </svg>
  );
}

/** Minutes gained against hours away from work. */
function WorthView({ team }: { team: Team }) {
  const [now, setNow] = useState({
    emergencies_per_year: "6",
    ambulance_min: "18",
    team_min: "3",
    training_h_per_member: "60",
    away_min_per_call: "45",
  });
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  const ready = Object.values(now).every((one) => one.trim() !== "");
  const asked = useAsk<Worth>(useSettled(ready ? `${address(team.id)}/worth?${new URLSearchParams(now).toString()}` : null, 300));
  return (
    <>
      <h2 className="part-head">What it gains, and what it costs</h2>
      <div className="filters">
        <TextField label="Emergencies a year" type="number" value={now.emergencies_per_year} onChange={set("emergencies_per_year")} />
        <TextField label="Ambulance, minutes" value={now.ambulance_min} onChange={set("ambulance_min")} placeholder="18 or 15,18,22" />
        <TextField label="Team, minutes" value={now.team_min} onChange={set("team_min")} />
        <TextField label="Training, hours a member" type="number" value={now.training_h_per_member} onChange={set("training_h_per_member")} />
        <TextField label="Away per call, minutes" type="number" value={now.away_min_per_call} onChange={set("away_min_per_call")} />
      </div>
      <Answer asked={asked}>{(worth) => <p className="lead">{worth.words}</p>}</Answer>
    </>
  );
}
