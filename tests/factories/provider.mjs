// A certified OpenID provider on this machine, with the people it is handed. It lets in whoever
// says their name; how they showed it (`took`: `amr`, `acr`) stands in their token.
import { Provider } from "oidc-provider";

const { port, client, people, tokens = {} } = JSON.parse(process.argv[2]);

const provider = new Provider(`http://localhost:${port}`, {
  clients: [client],
  findAccount: (_, id) => (people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined),
  claims: {
    openid: ["sub", "amr", "acr"],
    profile: ["name", "given_name", "family_name", "preferred_username", "groups", "job_title"],
    email: ["email", "email_verified"],
  },
  acrValues: ["two-steps"],
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ["a key of tests"] },
  ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Session: 600, Grant: 600, Interaction: 600, ...tokens },
});
const finished = provider.interactionFinished.bind(provider);
provider.interactionFinished = (asked, answer, result, options) => {
  if (result.login) Object.assign(result.login, people[result.login.accountId]?.took);
  return finished(asked, answer, result, options);
};
provider.listen(port, "127.0.0.1", () => console.log("ready"));
