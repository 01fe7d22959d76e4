import { useState } from "react";
import { send } from "../api/client";
import { useAsk } from "../kit/ask";
import { SelectField, TextField } from "../kit/Fields";
import { FormSheet, Sheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { when } from "./when";
import type * as server from "../api/generated";

type Grant = server.GrantOut;

type Account = server.AccountOut;

type SessionRow = server.SessionRowOut;

const ROLES = [
  ["call_taker", "Call taker"],
  ["dispatcher", "Dispatcher"],
  ["supervisor", "Supervisor"],
  ["crew", "Crew"],
  ["hospital", "Hospital"],
  ["credentialing", "Credentialing officer"],
  ["medical_director", "Medical director"],
  ["quality", "Quality reviewer"],
  ["planner", "Planner"],
  ["administrator", "Administrator"],
  ["state_office", "State office"],
] as const;
const ROLE_OPTIONS = ROLES.map(([value, label]) => ({ value, label }));

type Doing = "grant" | "disable" | "enable" | "sessions" | "invite";

const pathOf = (account: string, doing: string) => `/api/accounts/${encodeURIComponent(account)}/${doing}`;

/** The accounts that this administrator looks after, and what is done to them. */
export function AccountsPage() {
  const asked = useAsk<Account[]>("/api/accounts");
  const [open, setOpen] = useState<{ doing: Doing; account: Account | null } | null>(null);
  const [link, setLink] = useState<{ account: string; key: string } | null>(null);
  const [taking, setTaking] = useState<{ account: string; grant: Grant } | null>(null);
  const close = () => {
    setOpen(null);
    setTaking(null);
    asked.again();
  };
  const makeLink = async (account: string) =>
    setLink({ account, ...(await send<{ key: string }>("POST", pathOf(account, "password-link"))) });
  return (
    <>
      <div className="page-head">
        <h1>Accounts</h1>
        <div className="actions">
          <button type="button" className="button main" onClick={() => setOpen({ doing: "invite", account: null })}>
            Invite somebody
          </button>
        </div>
      </div>
      <Answer asked={asked} loading="Fetching the accounts." empty={(rows) => (rows.length ? null : "There are no accounts yet.")}>
        {(rows) => (
          <div className="admin-scroll">
            <table className="admin-table" aria-label="Accounts">
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  <th scope="col">May</th>
                  <th scope="col">State</th>
                  <th scope="col">Do</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <tr key={one.account}>
                    <th scope="row">
                      {one.account}
                      <div className="muted small">{[one.name, one.email].filter(Boolean).join(", ")}</div>
                    </th>
                    <td>
                      <ul>
                        {one.grants.map((grant) => (
                          <li key={grant.words}>
                            {grant.words}
                            <button
                              type="button"
                              className="button plain"
                              aria-label={`Take away from ${one.account}: ${grant.words}`}
                              onClick={() => setTaking({ account: one.account, grant })}
                            >
                              Take away
                            </button>
                          </li>
                        ))}
                        {one.grants.length === 0 && <li className="muted">Nothing yet</li>}
                      </ul>
                    </td>
                    <td>{stateOf(one)}</td>
                    <td>
                      <div className="doing">
                        <button type="button" className="button" onClick={() => setOpen({ doing: "grant", account: one })}>
                          Give a role
                        </button>
                        <button type="button" className="button" onClick={() => setOpen({ doing: "sessions", account: one })}>
                          Sessions
                        </button>
                        {one.locked_until && (
                          <button
                            type="button"
                            className="button"
                            onClick={() => void send("POST", pathOf(one.account, "unlock")).then(asked.again)}
                          >
                            Lift the lockout
                          </button>
                        )}
                        {one.disabled_at ? (
                          <button type="button" className="button" onClick={() => setOpen({ doing: "enable", account: one })}>
                            Enable
                          </button>
                        ) : (
                          <>
                            <button type="button" className="button" onClick={() => void makeLink(one.account)}>
                              Password link
                            </button>
                            <button type="button" className="button" onClick={() => setOpen({ doing: "disable", account: one })}>
                              Disable
                            </button>
                          </>
                        )}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
      {open?.doing === "invite" && <Invite onClose={close} onMade={(account, key) => setLink({ account, key })} />}
      {open?.doing === "grant" && open.account && <Give account={open.account.account} onClose={close} />}
      {open?.doing === "sessions" && open.account && <Sessions account={open.account.account} onClose={close} />}
      {(open?.doing === "disable" || open?.doing === "enable") && open.account && (
        <Because account={open.account.account} doing={open.doing} onClose={close} />
      )}
      {taking && <TakeAway account={taking.account} grant={taking.grant} onClose={close} />}
      {link && <OneLink account={link.account} secret={link.key} onClose={() => setLink(null)} />}
    </>
  );
}

function stateOf(one: Account): string {
  if (one.disabled_at) return `Disabled since ${when(one.disabled_at)}`;
  if (one.locked_until) return `Locked out until ${when(one.locked_until)}`;
  return one.signed_in_at ? `Signed in last: ${when(one.signed_in_at)}` : "Has never signed in";
}

function Invite({ onClose, onMade }: { onClose: () => void; onMade: (account: string, key: string) => void }) {
  const [account, setAccount] = useState("");
  const [agency, setAgency] = useState("*");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("dispatcher");
  const [where, setWhere] = useState("*");
  return (
    <FormSheet
      head="Invite somebody"
      action="Make the account"
      fault={account.trim() ? null : "Give the account a name."}
      onClose={onClose}
      onSend={async () => {
        const body = { account: account.trim(), agency, name, email, grants: [{ role, agency: where }] };
        onMade(account.trim(), (await send<{ key: string }>("POST", "/api/accounts", body)).key);
      }}
    >
      <TextField label="Account" value={account} onChange={setAccount} hint="Small letters, such as j.smith. It stands in the log for ever." />
      <TextField label="Full name" value={name} onChange={setName} />
      <TextField label="E-mail" value={email} onChange={setEmail} hint="As the directory has it, where people sign on through one." />
      <TextField label="Looked after by administrators of" value={agency} onChange={setAgency} hint="An agency's key, or * for those of every agency." />
      <SelectField label="Role" value={role} onChange={setRole} options={ROLE_OPTIONS} />
      <TextField label="In" value={where} onChange={setWhere} hint="An agency's key, a hospital's id, or * for every one." />
    </FormSheet>
  );
}

function Give({ account, onClose }: { account: string; onClose: () => void }) {
  const [role, setRole] = useState("dispatcher");
  const [agency, setAgency] = useState("*");
  return (
    <FormSheet
      head={`Give ${account} a role`}
      action="Give the role"
      fault={agency.trim() ? null : "Say in which agency."}
      onClose={onClose}
      onSend={() => send("POST", pathOf(account, "grants"), { role, agency: agency.trim() })}
    >
      <SelectField label="Role" value={role} onChange={setRole} options={ROLE_OPTIONS} />
      <TextField label="In" value={agency} onChange={setAgency} hint="An agency's key, a hospital's id, or * for every one." />
    </FormSheet>
  );
}

function TakeAway({ account, grant, onClose }: { account: string; grant: Grant; onClose: () => void }) {
  return (
    <FormSheet
      head={`Take a role from ${account}`}
      action="Take it away"
      onClose={onClose}
      onSend={() => send("POST", pathOf(account, "grants/revoke"), { role: grant.role, agency: grant.agency })}
    >
      <p>{account} will no longer be: {grant.words}. It holds from the next thing that they ask.</p>
    </FormSheet>
  );
}

function Because({ account, doing, onClose }: { account: string; doing: "disable" | "enable"; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const off = doing === "disable";
  return (
    <FormSheet
      head={off ? `Disable ${account}` : `Enable ${account}`}
      action={off ? "Disable the account" : "Enable the account"}
      fault={reason.trim() ? null : "Say why; it stands in the log."}
      onClose={onClose}
      onSend={() => send("POST", pathOf(account, doing), { reason })}
    >
      {off && <p>Whoever is signed in with it is out at once, also at an open board.</p>}
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

function Sessions({ account, onClose }: { account: string; onClose: () => void }) {
  const asked = useAsk<SessionRow[]>(pathOf(account, "sessions"));
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`Where ${account} is signed in`}
      action="Sign out everywhere"
      fault={reason.trim() ? null : "Say why; it stands in the log."}
      onClose={onClose}
      onSend={() => send("POST", pathOf(account, "sessions/end"), { reason })}
    >
      <Answer asked={asked} empty={(rows) => (rows.length ? null : "Nowhere.")}>
        {(rows) => (
          <ul>
            {rows.map((one) => (
              <li key={`${one.signed_in_at} ${one.seen_at}`}>
                Since {when(one.signed_in_at)}, last seen {when(one.seen_at)}
                {one.locked && ", locked"}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <TextField label="Why they are ended" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

/** The link that sets a password, to hand over. Nothing is mailed. */
function OneLink({ account, secret, onClose }: { account: string; secret: string; onClose: () => void }) {
  return (
    <Sheet head={`A link for ${account}`} onClose={onClose}>
      <p>Hand it over. It sets a password once, within three days; an earlier one is void.</p>
      <p className="secret-once">
        <code>{`${location.origin}/signin#set=${secret}`}</code>
      </p>
    </Sheet>
  );
}
