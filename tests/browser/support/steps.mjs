// "Step by step", as Bob, Amy or the CA.

export const fragmentOf = (link) => link.slice(link.indexOf("#"));
export const be = (page, who) => page.getByRole("radio", { name: who }).check();

/** As Bob or Amy: the page with a waiting key, and the link for the CA. */
export async function ask(page, who) {
  await be(page, who);
  await page.getByRole("button", { name: "Make key and request" }).locator("visible=true").click();
  const link = page.getByRole("textbox", { name: "Link for the CA" }).locator("visible=true");
  await link.waitFor();
  return link.inputValue();
}

export async function makeAuthority(page) {
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
}

/** As the CA, with a request on the page: signs it, and gives the link back. */
export async function sign(page, name) {
  await page.getByRole("heading", { name: `${name} asks for a certificate` }).waitFor();
  await page.getByRole("button", { name: "Sign it" }).click();
  await page.getByRole("heading", { name: `Signed for ${name}` }).waitFor();
  return page.getByRole("textbox", { name: "Link to send back" }).first().inputValue();
}
