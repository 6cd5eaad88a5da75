// Passkeys, which only a script can use. Where a browser does not know them, or runs no script, the
// forms stay hidden and the page offers another way.

const fromText = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const listed = (credentials) =>
  (credentials || []).map((one) => ({ ...one, id: fromText(one.id) }));

function readable(asked) {
  const options = { ...asked, challenge: fromText(asked.challenge) };
  if (asked.user) options.user = { ...asked.user, id: fromText(asked.user.id) };
  if (asked.excludeCredentials) options.excludeCredentials = listed(asked.excludeCredentials);
  if (asked.allowCredentials) options.allowCredentials = listed(asked.allowCredentials);
  return options;
}

function sendable(credential) {
  const said = credential.response;
  const response = { clientDataJSON: toText(said.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[part]) response[part] = toText(said[part]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function askAndSend(form) {
  const answer = await fetch(form.dataset.passkeyAsk, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    redirect: "error",
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const publicKey = readable((await answer.json()).publicKey);
  const credential =
    form.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.credential.value = JSON.stringify(sendable(credential));
  form.submit();
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("[data-passkey-without]").forEach((said) => (said.hidden = true));
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-passkey-trouble]");
      trouble.textContent = "";
      askAndSend(form).catch(() => {
        trouble.textContent = "The browser did not use a passkey. Try again, or go another way.";
      });
    });
  });
}
