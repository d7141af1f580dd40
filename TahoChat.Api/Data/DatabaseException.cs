namespace TahoChat.Api.Data;

/// <summary>A write of which nothing was kept. <see cref="Code"/> is <c>busy</c>, <c>storage_failed</c>,
/// <c>shutting_down</c> or <c>internal</c>; the message is for people.</summary>
public sealed class DatabaseException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
