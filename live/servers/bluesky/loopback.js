'use strict'
// Every server of the network listens on all interfaces unless told otherwise, and not all can be told.
// Loaded before them (node -r), this gives each one that names no host the loopback address.
const { Server } = require('node:net')

const listen = Server.prototype.listen

Server.prototype.listen = function (first, ...rest) {
  const callback = rest.find((argument) => typeof argument === 'function')
  if (first && typeof first === 'object' && 'port' in first) {
    return listen.call(this, { host: '127.0.0.1', ...first }, callback)
  }
  if (typeof first === 'number' || /^\d+$/.test(first)) {
    const host = typeof rest[0] === 'string' ? rest[0] : '127.0.0.1'
    return listen.call(this, { port: Number(first), host }, callback)
  }
  if (first === undefined || typeof first === 'function') {
    return listen.call(this, { port: 0, host: '127.0.0.1' }, first ?? callback)
  }
  return listen.call(this, first, ...rest)
}
