// The server of a MES for tests, on node-opcua: a variable for each field of a result, and a method that takes three of them.
// Takes one JSON order a line on stdin, answers each with one line; what the method is given comes as {"called": [values]}.
"use strict";
const { readFile } = require("node:fs/promises");
const readline = require("node:readline");

const [modules, given] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const { DataType, MessageSecurityMode, SecurityPolicy, StatusCodes, Variant } = load("node-opcua-client");
const { OPCUACertificateManager } = load("node-opcua-certificate-manager");
const { OPCUAServer } = load("node-opcua-server");
const { nodesets } = load("node-opcua-nodesets");
const { pki, certificate, key, uri, space, user, password, kinds } = JSON.parse(given);

const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");
console.log = console.warn = (...words) => process.stderr.write(words.join(" ") + "\n");

const variables = new Map();
let answer = StatusCodes.Good;

function fill(addressSpace) {
  const own = addressSpace.registerNamespace(space);
  const mes = own.addObject({ browseName: "Mes", nodeId: "s=Mes", organizedBy: addressSpace.rootFolder.objects });
  for (const [name, [value, dataType]] of Object.entries(kinds))
    variables.set(name, own.addVariable({ browseName: name, nodeId: `s=${name}`, componentOf: mes, dataType, value: new Variant({ dataType: DataType[dataType], value }) }));
  const inputArguments = [["Id", "String"], ["Evaluation", "Int32"], ["Time", "DateTime"]].map(([name, type]) => ({ name, dataType: DataType[type] }));
  const take = own.addMethod(mes, { browseName: "Take", nodeId: "s=Take", inputArguments, outputArguments: [] });
  take.bindMethod((args, _context, callback) => {
    say({ called: args.map((one) => one.value) });
    callback(null, { statusCode: answer, outputArguments: [] });
  });
}

const orders = {
  read: ({ name }) => ({ value: variables.get(name).readValue().value.value }),
  write: ({ name, value }) => variables.get(name).setValueFromSource(new Variant({ dataType: DataType[kinds[name][1]], value })),
  trust: async ({ certificate }) => ({ status: (await manager.trustCertificate(await readFile(certificate)))?.toString() }),
  answer: ({ status }) => void (answer = StatusCodes[status]),
};

const manager = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: false });
const server = new OPCUAServer({
  port: 0,
  hostname: "127.0.0.1",
  serverInfo: { applicationUri: uri },
  certificateFile: certificate,
  privateKeyFile: key,
  serverCertificateManager: manager,
  userManager: { isValidUser: (name, word) => name === user && word === password },
  allowAnonymous: false,
  securityModes: [MessageSecurityMode.SignAndEncrypt],
  securityPolicies: [SecurityPolicy.Basic256Sha256, SecurityPolicy.Aes256_Sha256_RsaPss],
  nodeset_filename: [nodesets.standard],
});

(async () => {
  await server.initialize();
  fill(server.engine.addressSpace);
  await server.start();
  say({ url: server.getEndpointUrl() });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { order, ...rest } = JSON.parse(line);
    try {
      say({ done: true, ...(await orders[order](rest)) });
    } catch (error) {
      say({ done: false, error: String(error.message) });
    }
  }
  await server.shutdown(0);
  process.exit(0);
})();
