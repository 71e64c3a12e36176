'use strict'
// A whole Bluesky network: PLC (identities), PDS (accounts and posts), AppView (what people see), Ozone (labels).
// Called with its ports as JSON. Says READY on a line of its own, and ends on SIGTERM or SIGINT.
const { TestNetwork, mockMailer } = require('@atproto/dev-env')

async function main(port) {
  const network = await TestNetwork.create({
    plc: { port: port.plc },
    pds: { port: port.pds, hostname: 'localhost', enableDidDocWithSession: true },
    bsky: { port: port.appview, publicUrl: `http://localhost:${port.appview}`, dbPostgresSchema: 'bsky' },
    ozone: { port: port.ozone, dbMaterializedViewRefreshIntervalMs: 30_000 },
  })
  mockMailer(network.pds)
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => network.close().finally(() => process.exit(0)))
  }
  console.log('READY')
}

main(JSON.parse(process.argv[2])).catch((error) => {
  console.error(error)
  process.exit(1)
})
