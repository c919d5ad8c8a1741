import { afterEach, test } from 'vitest';
import { parseJanusDeclaration } from '../../../targets/janus/schema.ts';
import { janusTarget } from '../../../targets/janus/target.ts';
import { peers } from '../../support/attended.ts';
import { conference } from '../../support/conference.ts';
import { startJanus } from '../../support/janus-server.ts';
import { describeWith } from '../../support/real-part.ts';
import { startRelayBeside } from '../../support/relay-beside.ts';
import { expectRelayed, PATH } from '../../support/relayed-conference.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const folders = temporaryFolders();
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describeWith('janus', 'people whose media go to a Janus server by a relay', () => {
  test('measure what is done to their datagrams, and have no other way', { timeout: 90_000 }, async () => {
    const server = await startJanus();
    closing.push(() => server.stop());
    // Janus is in a network of its own, and so is what stands before it.
    const relay = await startRelayBeside(server.beside, folders());
    closing.push(() => relay.stop());
    await relay.client.begin(PATH);
    const host = peers(server.beside, { relay: relay.url, paths: { '': PATH } });
    const declared = parseJanusDeclaration({ kind: 'janus', url: server.url }, 'targets.meet', {});
    await expectRelayed(await conference(janusTarget('meet', declared), host, closing, 4), relay.client);
  });
});
