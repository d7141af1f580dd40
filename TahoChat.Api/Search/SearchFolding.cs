using System.Globalization;
using System.Text;

namespace TahoChat.Api.Search;

/// <summary>What a character is to the search.</summary>
internal enum LetterKind : byte
{
    /// <summary>Ends a word.</summary>
    Separator,

    /// <summary>Neither ends a word nor is part of it: an accent, a soft hyphen.</summary>
    Skipped,

    /// <summary>Part of a word.</summary>
    Letter,

    /// <summary>A word by itself: a script that is written without spaces, or a symbol such as an emoji.</summary>
    Alone,

    /// <summary>Part of a word, as more than one letter.</summary>
    Letters,
}

/// <summary>Makes characters alike that mean the same to who searches: case, accents, width, ligatures. The runtime's own normalization
/// does nothing without ICU, which this program leaves out.</summary>
internal static class SearchFolding
{
    // Unicode 15's compatibility decompositions without their marks, of lower-case letters; and letters that people write without
    // their stroke. й and ї stay: they are letters of their own.
    private const string Table =
        """
        0:⁰₀ 1:¹₁ 2:²₂ 3:³₃ 4:⁴₄ 5:⁵₅ 6:⁶₆ 7:⁷₇ 8:⁸₈ 9:⁹₉ a:ªàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặₐ b:ƀḃḅḇ c:çćĉċčḉ d:ðďđḋḍḏḑḓ
        e:èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệₑ f:ḟ g:ĝğġģǧǵḡ h:ĥħȟḣḥḧḩḫẖₕ i:İìíîïĩīĭįıǐȉȋḭḯỉịⁱ j:ĵǰ k:ķǩḱḳḵₖ l:ĺļľłḷḹḻḽₗ m:ḿṁṃₘ
        n:ñńņňŉǹṅṇṉṋⁿₙ o:ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợₒ p:ṕṗₚ r:ŕŗřȑȓṙṛṝṟ s:śŝşšſșṡṣṥṧṩẛₛ t:ţťŧțṫṭṯṱẗₜ
        u:ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự v:ṽṿ w:ŵẁẃẅẇẉẘ x:ẋẍₓ y:ýÿŷȳẏẙỳỵỷỹ z:źżžẑẓẕ ə:ₔ ʒ:ǯ ʹ:ʹ
        α:άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ β:ϐ ε:έϵἐἑἒἓἔἕὲέ η:ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ θ:ϑ ι:ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ κ:ϰ μ:µ
        ο:όὀὁὂὃὄὅὸό π:ϖ ρ:ϱῤῥ σ:ςϲ υ:ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ φ:ϕ ω:ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ а:ӑӓ г:ѓ е:ѐёӗ ж:ӂӝ з:ӟ
        и:ѝӣӥ к:ќ о:ӧ у:ўӯӱӳ ч:ӵ ы:ӹ э:ӭ ѵ:ѷ ә:ӛ ө:ӫ ء:ﺀ ا:آأإﺁﺂﺃﺄﺇﺈﺍﺎ ب:ﺏﺐﺑﺒ ة:ﺓﺔ ت:ﺕﺖﺗﺘ ث:ﺙﺚﺛﺜ ج:ﺝﺞﺟﺠ ح:ﺡﺢﺣﺤ خ:ﺥﺦﺧﺨ
        د:ﺩﺪ ذ:ﺫﺬ ر:ﺭﺮ ز:ﺯﺰ س:ﺱﺲﺳﺴ ش:ﺵﺶﺷﺸ ص:ﺹﺺﺻﺼ ض:ﺽﺾﺿﻀ ط:ﻁﻂﻃﻄ ظ:ﻅﻆﻇﻈ ع:ﻉﻊﻋﻌ غ:ﻍﻎﻏﻐ ف:ﻑﻒﻓﻔ ق:ﻕﻖﻗﻘ ك:کﮎﮏﮐﮑﻙﻚﻛﻜ ل:ﻝﻞﻟﻠ
        م:ﻡﻢﻣﻤ ن:ﻥﻦﻧﻨ ه:ﻩﻪﻫﻬ و:ؤﺅﺆﻭﻮ ي:ئىیﯨﯩﯼﯽﯾﯿﺉﺊﺋﺌﻯﻰﻱﻲﻳﻴ ٱ:ﭐﭑ ٹ:ﭦﭧﭨﭩ ٺ:ﭞﭟﭠﭡ ٻ:ﭒﭓﭔﭕ پ:ﭖﭗﭘﭙ ٿ:ﭢﭣﭤﭥ ڀ:ﭚﭛﭜﭝ ڃ:ﭶﭷﭸﭹ
        ڄ:ﭲﭳﭴﭵ چ:ﭺﭻﭼﭽ ڇ:ﭾﭿﮀﮁ ڈ:ﮈﮉ ڌ:ﮄﮅ ڍ:ﮂﮃ ڎ:ﮆﮇ ڑ:ﮌﮍ ژ:ﮊﮋ ڤ:ﭪﭫﭬﭭ ڦ:ﭮﭯﭰﭱ ڭ:ﯓﯔﯕﯖ گ:ﮒﮓﮔﮕ ڱ:ﮚﮛﮜﮝ ڳ:ﮖﮗﮘﮙ ں:ﮞﮟ ڻ:ﮠﮡﮢﮣ
        ھ:ﮪﮫﮬﮭ ہ:ۂﮦﮧﮨﮩ ۅ:ﯠﯡ ۆ:ﯙﯚ ۇ:ﯗﯘ ۈ:ﯛﯜ ۉ:ﯢﯣ ۋ:ﯞﯟ ې:ﯤﯥﯦﯧ ے:ۓﮮﮯﮰﮱ ە:ۀﮤﮥ ae:æǣǽ aʾ:ẚ dz:ǆǳ ff:ﬀ ffi:ﬃ ffl:ﬄ fi:ﬁ fl:ﬂ
        ij:ĳ lj:ǉ nj:ǌ oe:œ ss:ß st:ﬅﬆ th:þ մե:ﬔ մի:ﬕ մխ:ﬗ մն:ﬓ վն:ﬖ اٴ:ٵ لا:ﻵﻶﻷﻸﻹﻺﻻﻼ وٴ:ٶ يا:ﯪﯫ يو:ﯮﯯ يي:ﯹﯺﯻ يٴ:ٸ
        يۆ:ﯲﯳ يۇ:ﯰﯱ يۈ:ﯴﯵ يې:ﯶﯷﯸ يە:ﯬﯭ ۇٴ:ٷﯝ
        """;

    /// <summary>Half-width katakana, from U+FF66.</summary>
    private const string Katakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private static readonly LetterKind[] _kinds = new LetterKind[char.MaxValue + 1];
    private static readonly char[] _folded = new char[char.MaxValue + 1];
    private static readonly Dictionary<char, string> _letters = [];

    static SearchFolding()
    {
        var to = new Dictionary<char, string>();
        foreach (var group in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = group.Split(':');
            foreach (var letter in parts[1]) to[letter] = parts[0];
        }

        for (var i = 0; i < Katakana.Length; i++) to[(char)(0xFF66 + i)] = Katakana[i].ToString();
        for (var i = 0; i < 94; i++) to[(char)(0xFF01 + i)] = char.ToLowerInvariant((char)('!' + i)).ToString();
        for (var i = 0; i <= char.MaxValue; i++) Learn((char)i, to);
    }

    /// <summary>What a character of the basic plane is, and as which one it is searched.</summary>
    public static LetterKind Of(char character, out char folded)
    {
        folded = _folded[character];
        return _kinds[character];
    }

    /// <summary>The letters that stand for one of <see cref="LetterKind.Letters"/>.</summary>
    public static string LettersOf(char character) => _letters[character];

    /// <summary>Kana as it is with the sound mark that follows it.</summary>
    public static char Voiced(char kana, char mark) => (kana, mark) switch
    {
        ('ウ', '\uFF9E' or '\u3099') => 'ヴ',
        ( >= 'か' and <= 'と' or >= 'は' and <= 'ほ' or >= 'カ' and <= 'ト' or >= 'ハ' and <= 'ホ', '\uFF9E' or '\u3099') => (char)(kana + 1),
        ( >= 'は' and <= 'ほ' or >= 'ハ' and <= 'ホ', '\uFF9F' or '\u309A') => (char)(kana + 2),
        _ => kana,
    };

    /// <summary>The same of a character beyond the basic plane.</summary>
    public static LetterKind Of(Rune rune, out Rune folded)
    {
        folded = Rune.ToLowerInvariant(rune);
        switch (rune.Value)
        {
            // Mathematical letters and digits are those that they look like.
            case >= 0x1D400 and <= 0x1D6A3:
                var place = (rune.Value - 0x1D400) % 52;
                folded = new Rune((char)('a' + (place % 26)));
                return LetterKind.Letter;
            case >= 0x1D7CE and <= 0x1D7FF:
                folded = new Rune((char)('0' + ((rune.Value - 0x1D7CE) % 10)));
                return LetterKind.Letter;
            case >= 0x1AFF0 and <= 0x1B2FF or >= 0x20000 and <= 0x3FFFD:
                return LetterKind.Alone;
        }

        return KindOf(Rune.GetUnicodeCategory(rune));
    }

    private static void Learn(char character, Dictionary<char, string> to)
    {
        var letter = char.ToLowerInvariant(character);
        var folded = to.GetValueOrDefault(letter) ?? to.GetValueOrDefault(character) ?? letter.ToString();
        _folded[character] = folded[0];
        if (folded.Length > 1) _letters[character] = folded;
        var kind = IsSkipped(character) ? LetterKind.Skipped : KindOf(char.GetUnicodeCategory(folded[0]));
        _kinds[character] = kind != LetterKind.Letter ? kind
            : folded.Length > 1 ? LetterKind.Letters
            : IsUnspaced(folded[0]) ? LetterKind.Alone
            : LetterKind.Letter;
    }

    private static LetterKind KindOf(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherNumber => LetterKind.Letter,
        UnicodeCategory.OtherSymbol => LetterKind.Alone,
        _ => LetterKind.Separator,
    };

    /// <summary>Marks that people leave out when they search. The vowels of Indic scripts are marks, too, and stay.</summary>
    private static bool IsSkipped(char character) => character is '\u00AD' or '\u061C' or '\u0640' or '\u2060' or '\uFEFF'
        or >= '\u200C' and <= '\u200F' or >= '\u202A' and <= '\u202E'
        or >= '\u0300' and <= '\u036F' or >= '\u0483' and <= '\u0489' or >= '\u0591' and <= '\u05BD' or '\u05BF' or '\u05C1' or '\u05C2'
        or '\u05C4' or '\u05C5' or '\u05C7' or >= '\u0610' and <= '\u061A' or >= '\u064B' and <= '\u065F' or '\u0670'
        or >= '\u06D6' and <= '\u06DC' or >= '\u06DF' and <= '\u06E4' or '\u06E7' or '\u06E8' or >= '\u06EA' and <= '\u06ED'
        or >= '\u1AB0' and <= '\u1AFF' or >= '\u1DC0' and <= '\u1DFF' or >= '\u20D0' and <= '\u20FF'
        or >= '\u3099' and <= '\u309A' or >= '\uFE00' and <= '\uFE0F' or >= '\uFE20' and <= '\uFE2F' or >= '\uFF9E' and <= '\uFF9F';

    /// <summary>Thai, Lao, Myanmar, Khmer, kana, bopomofo, ideographs, Yi, Hangul.</summary>
    private static bool IsUnspaced(char character) => character is >= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F'
        or >= '\u1100' and <= '\u11FF' or >= '\u1780' and <= '\u17FF' or >= '\u2E80' and <= '\u2FDF' or >= '\u3005' and <= '\u3007'
        or >= '\u3040' and <= '\u4DBF' or >= '\u4E00' and <= '\uA4CF' or >= '\uAC00' and <= '\uD7FF' or >= '\uF900' and <= '\uFAFF'
        or >= '\uFFA0' and <= '\uFFDC';
}
