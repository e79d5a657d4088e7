// @ts-check
/**
 * The window while no team is open: a new team, a file, a recent one, or a sample to look around in.
 *
 * 1. Its commands are offered on every screen too: a team that is open does not hinder opening another.
 */
import { html, nothing } from "../parts/draw.js";
import { button } from "../parts/button.js";
import { damageNotice } from "../parts/damage.js";
import { openForm } from "../parts/dialog.js";
import { perform } from "../parts/toast.js";
import { host, Refusal, refresh } from "../host.js";

/** @returns {import("../parts/keys.js").Act[]} */
function commands() {
  return [
    { id: "newTeam", title: "New team…", key: "ctrl+n", main: true, run: newTeam },
    { id: "openTeam", title: "Open a team file…", key: "ctrl+o", run: () => host({ openTeam: {} }) },
    { id: "exploreSample", title: "Explore a sample team", run: () => host({ exploreSample: {} }) },
  ];
}

function newTeam() {
  return openForm({
    title: "New team",
    action: "Choose where to keep it…",
    values: { name: "" },
    draw: (form) => form.field({ name: "name", label: "Name of the team", placeholder: "Payments", hint: "Everything about the team is kept in one file that you can copy and back up.", autofocus: true }),
    send: async ({ name }) => {
      // Rust would refuse it too, but only once a place for the file was chosen.
      if (name.trim() === "") throw new Refusal({ kind: "refused", message: "A team needs a name.", hint: "Write the name by which people know it.", field: "name" });
      return host({ newTeam: { name, zone: Intl.DateTimeFormat().resolvedOptions().timeZone } });
    },
  });
}

/**
 * @param {RecentTeam[]} recent
 * @param {DamagedFile | null} damaged a file that was refused
 */
function draw(recent, damaged) {
  const [create, open, sample] = commands();
  return html`<main class="first" id="content" tabindex="-1">
    ${damageNotice(damaged)}
    ${boat()}
    <h1 data-start tabindex="-1">Keep new work and a live product in balance.</h1>
    <p class="is-quiet">One team, one file, no server. Bring the Product Backlog from Jira, Azure DevOps or any CSV, divide the Sprint’s capacity, and see a burn-down that tells the truth.</p>
    <div class="first-acts">${button(create)}${button(open)}${button(sample)}</div>
    ${recent.length > 0 ? html`<section class="first-recent" aria-labelledby="recent-title"><h2 id="recent-title">Recent</h2>
      <ul>${recent.map((team) => html`<li><button class="row-button" ?disabled=${team.missing} @click=${() => perform({ id: `open-${team.handle}`, title: "", run: () => host({ openRecent: { handle: team.handle } }) })}>
        <span>${team.name}</span><span class="is-quiet">${team.missing ? "the file is not there any more" : team.place}</span></button>
        <button class="button is-plain" aria-label="Forget ${team.name}" title="Takes it out of this list; the file stays as it is" @click=${() => perform({ id: `forget-${team.handle}`, title: "", run: () => host({ forgetRecent: { handle: team.handle } }).then(refresh) })}>Forget</button></li>`)}</ul></section>` : nothing}
  </main>`;
}

/** A hull on a level waterline. */
function boat() {
  return html`<svg class="boat" viewBox="0 0 360 120" aria-hidden="true">
    <path class="boat-sail" d="M178 14 L178 70 L132 70 Z"></path>
    <path class="boat-sail is-second" d="M186 26 L186 70 L222 70 Z"></path>
    <path class="boat-hull" d="M112 78 L248 78 C238 92 224 98 204 98 L156 98 C136 98 122 92 112 78 Z"></path>
    <path class="boat-keel" d="M172 98 L190 98 L187 114 L175 114 Z"></path>
    <path class="boat-water" d="M8 88 H352"></path>
    <path class="boat-water is-deep" d="M44 98 H118 M242 98 H316"></path>
    <path class="boat-water is-deeper" d="M82 108 H150 M212 108 H278"></path>
  </svg>`;
}

export const welcome = { commands, draw };
