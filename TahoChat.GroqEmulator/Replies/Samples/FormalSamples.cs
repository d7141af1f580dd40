namespace TahoChat.GroqEmulator.Replies.Samples;

/// <summary>Formulas and diagrams.</summary>
internal static class FormalSamples
{
    public const string Maths =
        """
        The area under the bell curve is finite although the curve never ends:

        $$
        \int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}
        $$

        The roots of $$ax^2 + bx + c = 0$$ follow from its coefficients:

        $$
        x_{1,2} = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}
        $$

        And a matrix turns a vector by the angle $$\varphi$$:

        $$
        \begin{pmatrix} x' \\ y' \end{pmatrix} =
        \begin{pmatrix} \cos\varphi & -\sin\varphi \\ \sin\varphi & \cos\varphi \end{pmatrix}
        \begin{pmatrix} x \\ y \end{pmatrix}
        $$
        """;

    public const string Diagram =
        """
        ```mermaid
        sequenceDiagram
          participant B as Browser
          participant A as TahoChat.Api
          participant G as Groq (or its emulator)
          B->>A: message
          A->>A: save
          A-->>B: accepted
          A->>G: chat/completions
          loop every token
            G-->>A: chunk
            A-->>B: slice
          end
          A-->>B: complete
        ```
        """;
}
