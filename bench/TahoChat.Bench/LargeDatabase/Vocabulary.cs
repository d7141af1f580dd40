using System.Text;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>A language's words, by how often they come: the first as often as in speech, each next one less, as Zipf's law has it.</summary>
internal sealed class Vocabulary
{
    private const int Words = 40_000;

    private static readonly (string Name, double Share, string Frequent, string Syllables)[] _languages =
    [
        ("en", 0.55,
            "the of and to in is that for it as with be on by this are or from at which an have not you if can will one all when there more use has how what so up out about your then do any time code data",
            "ta re con der lan est mor vin pel so ca ti ver ing en al ri on tor men st el ar is um pro ple shi cra wo lo fi gra ne du ber hal kin mis tle por qua cen te ma chi"),
        ("de", 0.12,
            "die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für man aber aus durch wenn nur über können müssen schön größe",
            "ge ver ung keit schaft be lich ent stell bar wasser haus ar beit lei tung zeit grün fluß über mög kön tür fen ster her vor gang sprach meis"),
        ("fr", 0.08,
            "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont mais avec ou été même où être très après déjà français",
            "mon tion ment é re pré cha vé teau lier ran sou ven ger fai ble que ître ça naï ro man fle ver til"),
        ("es", 0.08,
            "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son años niño también",
            "cion dad men te ra do ri sal pue blo cas tra ñe co mar lu gar va rio ten ma que ro ña"),
        ("ru", 0.05,
            "и в не на я что он с как а то это по к но из у за от так же все она мы для бы о вы уже или быть если только ещё",
            "про ста ние вод гор ска при ход мен ля рас тов пе ре дом лес зна ком пу ть ком ра"),
        ("ar", 0.03,
            "في من على إلى أن هذا التي الذي عن ما لا كان هذه مع كل ذلك بين بعد أو هو هي قد لم إن",
            "كت مد رس عم لم قر سف نه ال با دا را سا نا تي ري مي وا"),
        ("ja", 0.05, "の は に を た が で て と し れ さ ある いる も する から な こと として い や など なっ この ため その あっ よう また もの という あり まで られ", ""),
        ("zh", 0.04, "的 是 在 了 不 和 有 我 他 这 中 大 来 上 国 个 到 说 们 为 子 你 地 出 道 也 时 年 得 就", ""),
    ];

    private readonly string[] _words;

    private Vocabulary(string[] words, bool isSpaced) => (_words, IsSpaced) = (words, isSpaced);

    /// <summary>Whether words have spaces between them.</summary>
    public bool IsSpaced { get; }

    /// <summary>All languages, each with the share of conversations that speak it.</summary>
    public static List<(double Share, Vocabulary Vocabulary)> All(Random random) =>
        [.. _languages.Select(language => (language.Share, new Vocabulary(
            Make(random, language.Frequent, language.Syllables), isSpaced: language.Syllables.Length > 0)))];

    public string Word(Random random) => _words[(int)Math.Pow(_words.Length, random.NextDouble()) - 1];

    private static string[] Make(Random random, string frequent, string syllables)
    {
        var words = new List<string>(frequent.Split(' '));
        var known = new HashSet<string>(words, StringComparer.Ordinal);
        var parts = syllables.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        while (words.Count < Words)
        {
            var word = parts.Length > 0 ? FromSyllables(random, parts) : FromIdeographs(random);
            if (known.Add(word)) words.Add(word);
        }

        return [.. words];
    }

    private static string FromSyllables(Random random, string[] parts)
    {
        var word = new StringBuilder();
        for (var left = random.Next(2, 5); left > 0; left--) word.Append(parts[random.Next(parts.Length)]);
        return word.ToString();
    }

    /// <summary>One to three of 3,000 characters, the first ones more often.</summary>
    private static string FromIdeographs(Random random)
    {
        var word = new StringBuilder();
        for (var left = random.Next(1, 4); left > 0; left--) word.Append((char)(0x4E00 + (((int)Math.Pow(3000, random.NextDouble()) * 6) % 20_000)));
        return word.ToString();
    }
}
