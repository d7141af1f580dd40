using System.Text.RegularExpressions;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>The sentences around the samples, in one language.</summary>
internal sealed partial record Phrases(
    string Hello,
    string Welcome,
    string Empty,
    string Offer,
    string Notice,
    Func<string, string> Sum,
    Func<string, string, string> Question,
    Func<string, string, string> Request,
    Func<int, string, string> Earlier,
    Func<int, string> Images,
    Func<string, string> Result)
{
    /// <summary>The language that the message asks for, or is greeted in; English otherwise.</summary>
    public static Phrases For(string message) =>
        French().IsMatch(message) ? _inFrench
        : German().IsMatch(message) ? _inGerman
        : Spanish().IsMatch(message) ? _inSpanish
        : Japanese().IsMatch(message) ? _inJapanese
        : _inEnglish;

    private static readonly Phrases _inEnglish = new(
        "Hello! 👋 It is good to hear from you.",
        "You are welcome! 😊 Ask for more whenever you like.",
        "Your message was empty, so there is nothing to answer yet.",
        "You can see how replies look. Ask me for **headings**, **code** in some language, a **table**, **lists**, **maths**, a **diagram**, "
            + "a **poem**, something **long**, or **everything**.",
        "This reply comes from TahoChat's **offline emulator**, not from a language model. For real answers set `GROQ_API_KEY` in the "
            + "`.env` file ([get a key](https://console.groq.com/keys)) and start TahoChat again.",
        sum => $"What I really can do is count: {sum}.",
        (quote, topic) => $"You ask: “{quote}” A good question about **{topic}**. A real model would answer it here; I can only show you how the answer would arrive.",
        (quote, topic) => $"Here is what I can do for **{topic}**. You wrote: “{quote}”",
        (turn, previous) => $"This is turn {turn} of our conversation; before that you wrote: “{previous}”",
        count => $"I received {count} image{(count == 1 ? "" : "s")}, but as an emulator I cannot look at {(count == 1 ? "it" : "them")}.",
        name => $"The tool `{name}` was asked and said:");

    private static readonly Phrases _inFrench = new(
        "Bonjour ! 👋 Ravi de vous lire.",
        "Avec plaisir ! 😊",
        "Votre message était vide : il n'y a encore rien à répondre.",
        "Demandez-moi des **titres (headings)**, du **code**, un **tableau (table)**, des **listes**, des **maths** ou tout (**everything**).",
        "Cette réponse vient de l'**émulateur hors ligne** de TahoChat, pas d'un modèle de langage. Pour de vraies réponses, mettez "
            + "`GROQ_API_KEY` dans le fichier `.env` ([obtenir une clé](https://console.groq.com/keys)) et redémarrez TahoChat.",
        sum => $"Ce que je sais vraiment faire, c'est compter : {sum}.",
        (quote, topic) => $"Vous demandez : « {quote} » Une bonne question sur **{topic}**. Un vrai modèle y répondrait ici.",
        (quote, topic) => $"Voici ce que je peux faire pour **{topic}**. Vous avez écrit : « {quote} »",
        (turn, previous) => $"C'est le tour {turn} de notre conversation ; avant cela, vous avez écrit : « {previous} »",
        count => $"J'ai reçu {count} image(s), mais un émulateur ne peut pas les regarder.",
        name => $"L'outil `{name}` a répondu :");

    private static readonly Phrases _inGerman = new(
        "Hallo! 👋 Schön, von Ihnen zu lesen.",
        "Gern geschehen! 😊",
        "Ihre Nachricht war leer: Es gibt noch nichts zu beantworten.",
        "Fragen Sie nach **Überschriften (headings)**, **Code**, einer **Tabelle (table)**, **Listen**, **Mathe (maths)** oder allem (**everything**).",
        "Diese Antwort kommt vom **Offline-Emulator** von TahoChat, nicht von einem Sprachmodell. Für echte Antworten setzen Sie "
            + "`GROQ_API_KEY` in der Datei `.env` ([Schlüssel holen](https://console.groq.com/keys)) und starten TahoChat neu.",
        sum => $"Was ich wirklich kann, ist rechnen: {sum}.",
        (quote, topic) => $"Sie fragen: „{quote}“ Eine gute Frage zu **{topic}**. Ein echtes Modell würde sie hier beantworten.",
        (quote, topic) => $"Das kann ich zu **{topic}** zeigen. Sie schrieben: „{quote}“",
        (turn, previous) => $"Das ist Runde {turn} unseres Gesprächs; davor schrieben Sie: „{previous}“",
        count => $"Ich habe {count} Bild(er) erhalten, aber ein Emulator kann sie nicht ansehen.",
        name => $"Das Werkzeug `{name}` hat geantwortet:");

    private static readonly Phrases _inSpanish = new(
        "¡Hola! 👋 Me alegra leerle.",
        "¡De nada! 😊",
        "Su mensaje estaba vacío: todavía no hay nada que responder.",
        "Pídame **títulos (headings)**, **código (code)**, una **tabla (table)**, **listas**, **maths** o todo (**everything**).",
        "Esta respuesta viene del **emulador sin conexión** de TahoChat, no de un modelo de lenguaje. Para respuestas reales ponga "
            + "`GROQ_API_KEY` en el archivo `.env` ([obtener una clave](https://console.groq.com/keys)) y reinicie TahoChat.",
        sum => $"Lo que de verdad sé hacer es contar: {sum}.",
        (quote, topic) => $"Usted pregunta: «{quote}» Una buena pregunta sobre **{topic}**. Un modelo real la respondería aquí.",
        (quote, topic) => $"Esto es lo que puedo hacer sobre **{topic}**. Usted escribió: «{quote}»",
        (turn, previous) => $"Este es el turno {turn} de nuestra conversación; antes escribió: «{previous}»",
        count => $"He recibido {count} imagen(es), pero un emulador no puede verlas.",
        name => $"La herramienta `{name}` ha respondido:");

    private static readonly Phrases _inJapanese = new(
        "こんにちは！👋 お便りありがとうございます。",
        "どういたしまして！😊",
        "メッセージが空でした。",
        "**headings**、**code**、**table**、**list**、**maths**、**everything** などと書いてみてください。",
        "この返信は言語モデルではなく、TahoChat の**オフラインエミュレーター**によるものです。本物の回答を得るには `.env` に "
            + "`GROQ_API_KEY` を設定し（[キーを取得](https://console.groq.com/keys)）、TahoChat を再起動してください。",
        sum => $"計算ならできます：{sum}。",
        (quote, topic) => $"「{quote}」というご質問ですね。**{topic}** について、本物のモデルならここで答えます。",
        (quote, topic) => $"**{topic}** についてお見せできるものです。「{quote}」と書かれましたね。",
        (turn, previous) => $"これは会話の {turn} 回目です。前回は「{previous}」と書かれました。",
        count => $"画像を {count} 枚受け取りましたが、エミュレーターは見ることができません。",
        name => $"ツール `{name}` の結果：");

    [GeneratedRegex(@"\b(in french|en français|bonjour|salut|merci)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex French();

    [GeneratedRegex(@"\b(in german|auf deutsch|hallo|guten tag|guten morgen|danke)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex German();

    [GeneratedRegex(@"\b(in spanish|en español|hola|gracias)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Spanish();

    [GeneratedRegex(@"\bin japanese\b|日本語|こんにちは|ありがとう", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Japanese();
}
