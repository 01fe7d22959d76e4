import { useState, type SyntheticEvent } from "react";
import { useAsk } from "../kit/ask";
import { TextField } from "../kit/Fields";
import { Answer } from "../kit/States";
import { go, useWhere, withQuery } from "../kit/where";
import { when } from "./when";
import type * as server from "../api/generated";

type Read = server.ReadOut;

/** Who was shown what of patients: of one call, or by one account. */
export function ReadsPage() {
  const where = useWhere();
  const [call, setCall] = useState(where.query.get("call") ?? "");
  const [account, setAccount] = useState(where.query.get("account") ?? "");
  const query = new URLSearchParams({ call: where.query.get("call") ?? "", account: where.query.get("account") ?? "" });
  const asked = useAsk<Read[]>(`/api/reads?${query.toString()}`);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    go(withQuery(where, { call: call.trim(), account: account.trim() }));
  };
  return (
    <>
      <div className="page-head">
        <h1>Who read what</h1>
      </div>
      <form className="admin-filter" onSubmit={submit}>
        <TextField label="Call" value={call} onChange={setCall} placeholder="26-0041" />
        <TextField label="Account" value={account} onChange={setAccount} />
        <button type="submit" className="button main">
          Look
        </button>
      </form>
      <p className="muted small">The last 30 days, the latest first, at most 500. An open board shows every call on it.</p>
      <Answer asked={asked} loading="Looking." empty={(rows) => (rows.length ? null : "Nobody was shown anything of that.")}>
        {(rows) => (
          <div className="admin-scroll">
            <table className="admin-table" aria-label="Reads">
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Who</th>
                  <th scope="col">What</th>
                  <th scope="col">Calls</th>
                  <th scope="col">From</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.position}>
                    <td>{when(one.at)}</td>
                    <td>{one.account}</td>
                    <td>
                      <code>{one.address.replace("GET ", "")}</code>
                    </td>
                    <td>{one.board ? "every call on the board" : one.calls.join(", ") || one.named}</td>
                    <td>{one.device}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </>
  );
}
