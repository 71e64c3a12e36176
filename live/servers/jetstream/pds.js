'use strict'
// What a Jetstream reads from: PLC (identities, in memory) or a PDS (accounts and posts, in a folder), each in a
// process of its own, so that the PDS can be killed and started again with what it had.
// Called with JSON: {"plc": port} or {"pds": port, "plc_url", "folder", "key"}. Says READY on a line of its own.
const { TestPds, TestPlc, mockMailer } = require('@atproto/dev-env')

async function main(asked) {
  if (asked.pds) {
    const pds = await TestPds.create({
      port: asked.pds,
      hostname: 'localhost',
      enableDidDocWithSession: true,
      didPlcUrl: asked.plc_url,
      dataDirectory: asked.folder,
      blobstoreDiskLocation: `${asked.folder}/blobs`,
      plcRotationKeyK256PrivateKeyHex: asked.key,
    })
    mockMailer(pds)
  } else {
    await TestPlc.create({ port: asked.plc })
  }
  console.log('READY')
}

main(JSON.parse(process.argv[2])).catch((error) => {
  console.error(error)
  process.exit(1)
})
