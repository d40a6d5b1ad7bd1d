// Node's two resolvers: "resolve" is c-ares, "lookup" the C library's getaddrinfo.
import dns from 'node:dns/promises';
import readline from 'node:readline';

const missing = new Set(['ENOTFOUND', 'ENODATA']);

// What is found, or nothing when that is the answer.
async function found(promise) {
    try {
        return await promise;
    } catch (error) {
        return missing.has(error.code) ? [] : [`! ${error.code}`];
    }
}

const kinds = {
    async lookup(type, name) {
        const all = await found(dns.lookup(name, { all: true }));
        return all.map(each => each.address ?? each);
    },
    async resolve(type, name) {
        if (type === 'SRV') {
            const services = await found(dns.resolveSrv(name));
            return services.map(srv => srv.name ? `${srv.priority} ${srv.weight} ${srv.port} ${srv.name}.` : srv);
        }
        return [...await found(dns.resolve4(name)), ...await found(dns.resolve6(name))];
    },
};

const lookUp = kinds[process.argv[2]];
for await (const line of readline.createInterface({ input: process.stdin })) {
    const answers = await lookUp(...line.split(' '));
    process.stdout.write(answers.map(answer => `${answer}\n`).join('') + '\n');
}
