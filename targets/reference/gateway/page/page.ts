import { SCRIPT } from './script.ts';

/** A small web client: signs in, makes and joins meetings, and shows and counts what it hears and sees there. */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Reference conference</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 44em; padding: 0 1em; }
  input, button { font: inherit; padding: .3em .6em; }
  canvas { background: #222; width: 480px; height: 270px; display: block; margin: 1em 0; }
  .no { color: #a00; }
</style>
<h1>Reference conference</h1>
<form id="sign-in">
  <input id="email" placeholder="Email" autocomplete="off">
  <input id="password" type="password" placeholder="Password" autocomplete="off">
  <button>Sign in</button>
</form>
<p id="denied" class="no" hidden>That is not your password.</p>
<p id="busy" class="no" hidden>Too many people are here. Try again in a while.</p>
<p id="broken" class="no" hidden>Something went wrong.</p>
<section id="lobby" hidden>
  <p>Signed in as <b id="who"></b>.</p>
  <button id="new-meeting">New meeting</button>
  <input id="meeting" placeholder="Meeting">
  <button id="join">Join</button>
  <p id="made" hidden>Your meeting is <code id="meeting-id"></code></p>
</section>
<section id="room" hidden>
  <p>In a meeting with <b id="participants"></b>.</p>
  <canvas id="picture" width="640" height="360"></canvas>
  <p id="heard">Nothing was heard yet.</p>
  <button id="leave">Leave</button>
</section>
<script>${SCRIPT}</script>
`;
