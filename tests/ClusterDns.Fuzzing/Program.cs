using ClusterDns.Fuzzing;
using SharpFuzz;

// For the script `run`:
//   targets                  names of the targets
//   unpack TARGET FOLDER     writes the target's corpus into a folder
//   pack TARGET FOLDER       makes a folder of inputs the archive in the target's corpus
//   instrument FILE...       counts branches in copies of our assemblies, in place
//   fuzz TARGET              the other side of afl-fuzz
//   replay TARGET FILE...    each file once; the first that breaks a rule ends it
switch (args)
{
    case ["targets"]:
        Console.WriteLine(string.Join('\n', FuzzTargets.All.Keys));
        break;
    case ["unpack", var name, var folder]:
        Corpus.Unpack(name, folder);
        break;
    case ["pack", var name, var folder]:
        Corpus.Pack(name, folder);
        break;
    case ["instrument", .. var files]:
        foreach (var file in files)
        {
            Fuzzer.Instrument(file, _ => true, Options.Value);
        }

        break;
    case ["fuzz", var name]:
        // Our code counts its branches in memory that afl-fuzz shares, and so may run only once that is there.
        FuzzTarget? fuzzed = null;
        Fuzzer.OutOfProcess.Run(stream =>
        {
            try
            {
                (fuzzed ??= FuzzTargets.All[name]()).Run(ReadAll(stream));
            }
            catch (Exception broken)
            {
                // What afl-fuzz does not keep: why.
                File.AppendAllText($"{name}.broken", $"{broken}\n");
                throw;
            }
        });
        break;
    case ["replay", var name, .. var files]:
        var replayed = FuzzTargets.All[name]();
        foreach (var file in files)
        {
            Console.WriteLine(file);
            replayed.Run(File.ReadAllBytes(file));
        }

        break;
    default:
        Console.Error.WriteLine("targets | unpack TARGET FOLDER | pack TARGET FOLDER | instrument FILE... | fuzz TARGET | replay TARGET FILE...");
        return 2;
}

return 0;

static byte[] ReadAll(Stream stream)
{
    using var content = new MemoryStream();
    stream.CopyTo(content);
    return content.ToArray();
}
