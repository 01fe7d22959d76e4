import { useState } from "react";
import { send } from "../api/client";
import { useAsk } from "../kit/ask";
import { TextField } from "../kit/Fields";
import { FormSheet, Sheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { when } from "./when";
import type * as server from "../api/generated";

type RuleRow = server.TokenRuleOut;

type Answered = server.TokensOut;

/** Programs' tokens: for named rules, an agency and a time. */
export function TokensPage() {
  const asked = useAsk<Answered>("/api/tokens");
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<string | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const again = () => {
    setMaking(false);
    setEnding(null);
    asked.again();
  };
  return (
    <>
      <div className="page-head">
        <h1>Programs</h1>
        <div className="actions">
          <button type="button" className="button main" onClick={() => setMaking(true)}>
            Make a token
          </button>
        </div>
      </div>
      <Answer
        asked={asked}
        loading="Fetching the tokens."
        empty={({ tokens }) => (tokens.length ? null : "No program has a token.")}
      >
        {({ tokens }) => (
          <div className="admin-scroll">
            <table className="admin-table" aria-label="Tokens">
              <thead>
                <tr>
                  <th scope="col">Token</th>
                  <th scope="col">Opens</th>
                  <th scope="col">Until</th>
                  <th scope="col">Do</th>
                </tr>
              </thead>
              <tbody>
                {tokens.map((one) => (
                  <tr key={one.token}>
                    <th scope="row">
                      token:{one.token}
                      <div className="muted small">made by {one.made_by}</div>
                    </th>
                    <td>
                      {one.rules.join(", ")}
                      <div className="muted small">
                        {one.agency === "*" ? "every agency" : one.agency}, {one.per_minute} times a minute
                      </div>
                    </td>
                    <td>{one.revoked_at ? `Revoked ${when(one.revoked_at)}` : when(one.until)}</td>
                    <td>
                      {!one.revoked_at && (
                        <button type="button" className="button" onClick={() => setEnding(one.token)}>
                          Revoke
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
      {making && asked.data && <Make rules={asked.data.rules} onClose={again} onMade={setMade} />}
      {ending && <Revoke token={ending} onClose={again} />}
      {made && (
        <Sheet head="The token" onClose={() => setMade(null)}>
          <p>It is shown this once. Put it where the program reads its secrets.</p>
          <p className="secret-once">
            <code>{made}</code>
          </p>
        </Sheet>
      )}
    </>
  );
}

function Make({ rules, onClose, onMade }: { rules: RuleRow[]; onClose: () => void; onMade: (token: string) => void }) {
  const [name, setName] = useState("");
  const [agency, setAgency] = useState("*");
  const [until, setUntil] = useState("");
  const [pace, setPace] = useState("600");
  const [picked, setPicked] = useState<readonly string[]>([]);
  const fault = !name.trim() ? "Give it a name." : !until ? "Say until which day." : picked.length === 0 ? "Pick what it opens." : null;
  return (
    <FormSheet
      head="Make a token"
      action="Make the token"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const body = { name: name.trim(), agency, rules: picked, until: new Date(until).toISOString(), per_minute: Number(pace) };
        onMade((await send<{ token: string }>("POST", "/api/tokens", body)).token);
      }}
    >
      <TextField label="Name" value={name} onChange={setName} hint="Under which it stands in the log, such as county.warehouse." />
      <TextField label="Agency" value={agency} onChange={setAgency} hint="Whose records it opens; * for every agency's." />
      <TextField label="Until" type="date" value={until} onChange={setUntil} />
      <TextField label="Times a minute" type="number" value={pace} onChange={setPace} />
      <fieldset className="token-rules">
        <legend>What it opens</legend>
        {rules.map((one) => (
          <label key={one.rule}>
            <input
              type="checkbox"
              checked={picked.includes(one.rule)}
              disabled={one.everywhere && agency !== "*"}
              onChange={(event) =>
                setPicked(event.target.checked ? [...picked, one.rule] : picked.filter((other) => other !== one.rule))
              }
            />
            <span>
              {one.rule} <span className="muted small">{one.words}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </FormSheet>
  );
}

function Revoke({ token, onClose }: { token: string; onClose: () => void }) {
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`Revoke ${token}`}
      action="Revoke the token"
      fault={reason.trim() ? null : "Say why; it stands in the log."}
      onClose={onClose}
      onSend={() => send("POST", `/api/tokens/${encodeURIComponent(token)}/revoke`, { reason })}
    >
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}
