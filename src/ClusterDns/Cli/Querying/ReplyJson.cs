using System.Text;
using System.Text.Json;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>A reply as one JSON object, for programs. What is not ASCII is escaped.</summary>
internal static class ReplyJson
{
    public static string Write(ReceivedReply reply, IReadOnlyList<SearchStep> steps)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            WriteExchange(json, reply);
            WriteEdns(json, reply);
            WriteSection(json, "answer", reply, Section.Answer);
            WriteSection(json, "authority", reply, Section.Authority);
            WriteSection(json, "additional", reply, Section.Additional);
            json.WriteStartArray("search");
            foreach (var step in steps)
            {
                json.WriteStartObject();
                json.WriteString("name", step.Name);
                json.WriteString("outcome", step.Outcome);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(octets.ToArray()) + "\n";
    }

    private static void WriteExchange(Utf8JsonWriter json, ReceivedReply reply)
    {
        json.WriteString("status", Mnemonic.Of(reply.Fields.Code));
        json.WriteNumber("id", reply.Fields.Id);
        json.WriteStartArray("flags");
        foreach (var flag in reply.Flags)
        {
            json.WriteStringValue(flag);
        }

        json.WriteEndArray();
        if (reply.Fields.HasQuestion)
        {
            json.WriteStartObject("question");
            json.WriteString("name", reply.QuestionName);
            json.WriteString("type", Mnemonic.Of(reply.QuestionType));
            json.WriteString("class", Mnemonic.Of(reply.QuestionClass));
            json.WriteEndObject();
        }

        json.WriteString("server", reply.Server.ToString());
        json.WriteString("protocol", reply.Protocol == TransportProtocol.Udp ? "udp" : "tcp");
        json.WriteNumber("milliseconds", Math.Round(reply.Elapsed.TotalMilliseconds, 3));
        json.WriteNumber("size", reply.Message.Length);
    }

    private static void WriteEdns(Utf8JsonWriter json, ReceivedReply reply)
    {
        var edns = reply.Fields.Edns;
        if (!edns.IsPresent)
        {
            return;
        }

        json.WriteStartObject("edns");
        json.WriteNumber("version", edns.Version);
        json.WriteBoolean("do", edns.DnssecOk);
        json.WriteNumber("udp", edns.PayloadSize);
        json.WriteStartArray("extendedErrors");
        foreach (var error in reply.ExtendedErrors)
        {
            json.WriteStartObject();
            json.WriteNumber("code", error.Code);
            json.WriteString("name", error.Name);
            json.WriteString("text", error.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSection(Utf8JsonWriter json, string name, ReceivedReply reply, Section section)
    {
        json.WriteStartArray(name);
        foreach (var record in reply.Records.Where(record => record.Section == section))
        {
            json.WriteStartObject();
            json.WriteString("name", record.Owner);
            json.WriteNumber("ttl", record.TimeToLive);
            json.WriteString("class", Mnemonic.Of(record.Class));
            json.WriteString("type", Mnemonic.Of(record.Type));
            json.WriteString("data", record.Data);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
