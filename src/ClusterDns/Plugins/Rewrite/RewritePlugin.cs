using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// Asks the rest of the chain something else than the client did, and tells the client its own question and what the rules
/// make of the reply. A query that no rule means goes on as it is.
/// </summary>
internal sealed class RewritePlugin : Plugin
{
    private readonly RewriteRule[] _rules;
    private readonly ReplyDraftPool _replies = new();
    private readonly PerThread<QuestionDraft> _questions;
    private readonly QueryPool _queries;
    private readonly ServerLookup _lookup;

    public RewritePlugin(IReadOnlyList<RewriteRule> rules, QueryPool queries, ServerLookup lookup)
    {
        _rules = ExactNameTable.Compile(rules);
        _questions = new PerThread<QuestionDraft>(() => new QuestionDraft(_replies));
        _queries = queries;
        _lookup = lookup;
    }

    public override string Name => "rewrite";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        var question = _questions.Value;
        question.Begin(query);
        var isMeant = false;
        foreach (var rule in _rules)
        {
            var outcome = rule.Apply(question);
            if (outcome == RuleOutcome.InvalidName)
            {
                question.Abandon();
                return new ValueTask<ServeResult>(FailInvalid(query, question.Name.Draft.ToString()));
            }

            if (outcome == RuleOutcome.Applied)
            {
                isMeant = true;
                if (rule.IsLast)
                {
                    break;
                }
            }
        }

        return isMeant ? AskRewritten(query, question) : new ValueTask<ServeResult>(ServeResult.Declined);
    }

    private static ServeResult FailInvalid(Query query, string name) =>
        query.Fail(ResponseCode.ServerFailure, $"invalid name after rewrite: {name}");

    private ValueTask<ServeResult> AskRewritten(Query query, QuestionDraft question)
    {
        var rewritten = _queries.Rent();
        var reply = question.TakeReply();
        if (rewritten.ReadInPlaceOf(query, question.WritePacket()) != QueryVerdict.Accepted)
        {
            Return(rewritten, reply);
            return new ValueTask<ServeResult>(query.Fail(ResponseCode.ServerFailure, "the rewritten query makes no sense"));
        }

        query.Trace?.Add(new QuestionStep(Name, WireName.ToText(rewritten.NameAsSent), rewritten.Type));

        // A plugin that throws keeps both: it may have handed them to something that is still under way.
        var pending = Next.ServeAsync(rewritten);
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(query, rewritten, reply, pending);
        }

        var result = pending.Result;
        return NeedsLookup(rewritten, reply, result)
            ? FollowAliasAsync(query, rewritten, reply)
            : new ValueTask<ServeResult>(Finish(query, rewritten, reply, result));
    }

    private async ValueTask<ServeResult> AwaitAsync(
        Query query, Query rewritten, ReplyDraft reply, ValueTask<ServeResult> pending)
    {
        var result = await pending.ConfigureAwait(false);
        return NeedsLookup(rewritten, reply, result)
            ? await FollowAliasAsync(query, rewritten, reply).ConfigureAwait(false)
            : Finish(query, rewritten, reply, result);
    }

    private static bool NeedsLookup(Query rewritten, ReplyDraft reply, ServeResult result) =>
        result.Outcome == ServeOutcome.Answered && reply.HasAliases && reply.TryFindAlias(rewritten.Reply);

    private async ValueTask<ServeResult> FollowAliasAsync(Query query, Query rewritten, ReplyDraft reply)
    {
        var continuation = await _lookup.AskAsync(query, reply.AliasTarget, rewritten.Type).ConfigureAwait(false);
        if (continuation is null)
        {
            rewritten.Error ??= $"no lookup of {WireName.ToText(reply.AliasTarget.Span)}, the rewritten target of a CNAME";
        }

        var result = Finish(query, rewritten, reply, ServeResult.Answered, continuation?.Reply);
        if (continuation is not null)
        {
            _lookup.Release(continuation);
        }

        return result;
    }

    private ServeResult Finish(
        Query query, Query rewritten, ReplyDraft reply, ServeResult result, Reply? continuation = null)
    {
        query.TakeFactsOf(rewritten);
        switch (result.Outcome)
        {
            case ServeOutcome.Answered when !reply.TryWrite(query, rewritten.Reply, continuation):
                result = FailInvalid(query, reply.InvalidName!);
                break;
            case ServeOutcome.Streamed:
                // A secondary server wants the zone as it is; the rules know replies of one message.
                result = query.Fail(ResponseCode.Refused, "a transfer of a zone is not rewritten");
                break;
            case ServeOutcome.Failed when reply.Change(result.Code) is var code && code != result.Code:
                query.Reply.Clear();
                query.Reply.Code = code;
                query.AnsweredBy = Name;
                result = ServeResult.Answered;
                break;
        }

        Return(rewritten, reply);
        return result;
    }

    private void Return(Query rewritten, ReplyDraft reply)
    {
        _queries.Return(rewritten);
        _replies.Return(reply);
    }
}
