using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TahoChat.Api.Import;

/// <summary>The items of a JSON list, one at a time, whatever the size of the whole; a file that is one object is one item.</summary>
internal sealed class JsonItems(Stream stream, int cap, string where)
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = ImportLimits.JsonDepth };

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isAll;
    private JsonReaderState _state = new(_options);

    private enum Step
    {
        Item,
        More,
        End,
    }

    /// <summary>The items' bytes; each is valid until the next is asked for.</summary>
    /// <exception cref="ImportRefusedException">It is no JSON, or an item is too large.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        if (_buffer.AsSpan(0, _end) is [0xEF, 0xBB, 0xBF, ..]) _start = 3;
        var isList = FirstLetter() == '[';
        for (var (number, inList) = (1, false); ;)
        {
            var step = Next(isList && !inList, number, out var item);
            if (step == Step.End)
            {
                await CheckEndAsync(cancellationToken);
                yield break;
            }

            if (step == Step.More)
            {
                if (_isAll) throw Broken(number, "it breaks off");
                await GrowAsync(number, cancellationToken);
            }
            else if (isList && !inList)
            {
                inList = true;
            }
            else
            {
                yield return item;
                number++;
                if (isList) continue;
                await CheckEndAsync(cancellationToken);
                yield break;
            }
        }
    }

    /// <param name="opens">Whether it is the list's beginning that is looked for.</param>
    private Step Next(bool opens, int number, out ReadOnlyMemory<byte> item)
    {
        item = default;
        try
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAll, _state);
            if (!reader.Read()) return Step.More;
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                _start += (int)reader.BytesConsumed;
                return Step.End;
            }

            var begin = (int)reader.TokenStartIndex;
            if (!opens && !reader.TrySkip()) return Step.More;
            item = _buffer.AsMemory(_start + begin, (int)reader.BytesConsumed - begin);
            _state = reader.CurrentState;
            _start += (int)reader.BytesConsumed;
            return Step.Item;
        }
        catch (JsonException exception)
        {
            throw Broken(number, $"it is no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
    }

    private char FirstLetter()
    {
        var rest = _buffer.AsSpan(_start, _end - _start).TrimStart(" \t\r\n"u8);
        return rest.Length == 0 ? '\0' : (char)rest[0];
    }

    private async Task CheckEndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FirstLetter() != '\0') throw new ImportRefusedException($"{where}: there is something after the end of the JSON.");
            if (_isAll) return;
            _start = _end = 0;
            await FillAsync(cancellationToken);
        }
    }

    private async Task GrowAsync(int number, CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= cap) throw new ImportRefusedException($"{Item(number)} has more than {cap >> 20} MiB.", ImportRefusedException.TooLarge);
            Array.Resize(ref _buffer, (int)Math.Min(cap, 2L * _buffer.Length));
        }

        await FillAsync(cancellationToken);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (_end < _buffer.Length && !_isAll)
        {
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += count;
            _isAll = count == 0;
        }
    }

    private ImportRefusedException Broken(int number, string why) => new($"{Item(number)}: {why}.");

    private string Item(int number) => $"{where}, conversation {number}";
}
