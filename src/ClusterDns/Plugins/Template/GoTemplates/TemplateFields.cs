using ClusterDns.Wire;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>The fields of a template's data: <c>.Name</c>, <c>.Group.a</c>, <c>.Question.Qtype</c>.</summary>
internal static class TemplateFields
{
    /// <summary>The method among them: it takes an argument.</summary>
    public const string Meta = "Meta";

    /// <summary>Looks a chain of fields up once, so that a run only reads.</summary>
    /// <exception cref="GoTemplateException">There is no such field.</exception>
    public static TemplateExpression Of(IReadOnlyList<string> chain) => chain switch
    {
        ["Zone"] => scope => TemplateValue.Of(scope.Data.Zone),
        ["Name"] => scope => TemplateValue.Of(scope.Data.Name),
        ["Class"] => scope => TemplateValue.Of(scope.Data.Class),
        ["Type"] => scope => TemplateValue.Of(scope.Data.Type),
        ["Remote"] => scope => TemplateValue.Of(scope.Data.Remote),
        ["Match"] => scope => TemplateValue.Of(scope.Data.Match),
        ["Group"] => scope => TemplateValue.Of(scope.Data.Group),
        ["Group", var group] => scope => TemplateValue.Of(scope.Data.Group).At(group),
        ["Question", "Name"] => scope => TemplateValue.Of(scope.Data.QuestionName),
        ["Question", "Qtype"] => scope => TemplateValue.Of(scope.Data.QuestionType),
        ["Question", "Qclass"] => scope => TemplateValue.Of(scope.Data.QuestionClass),
        ["Message", "Id"] => scope => TemplateValue.Of(scope.Data.MessageId),
        ["Message", "RecursionDesired"] => Flag(MessageHeader.RecursionDesiredFlag),
        ["Message", "CheckingDisabled"] => Flag(MessageHeader.CheckingDisabledFlag),
        ["Message", "AuthenticatedData"] => Flag(MessageHeader.AuthenticDataFlag),
        _ => throw new GoTemplateException($"field .{string.Join('.', chain)} is not supported"),
    };

    private static TemplateExpression Flag(ushort flag) => scope => TemplateValue.Of(scope.Data.HasFlag(flag));
}
