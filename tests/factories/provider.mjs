// A certified OpenID provider on this machine, with the people it is handed. It lets in whoever
// says their name.
import { Provider } from "oidc-provider";

const { port, client, people, tokens = {} } = JSON.parse(process.argv[2]);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [client],
  findAccount: (_, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
  claims: {
    openid: ["sub"],
    profile: ["name", "given_name", "family_name", "preferred_username", "groups", "job_title"],
    email: ["email", "email_verified"],
  },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ["a key of tests"] },
  ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Session: 600, Grant: 600, Interaction: 600, ...tokens },
});
provider.listen(port, "127.0.0.1", () => console.log("ready"));
