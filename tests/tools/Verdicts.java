import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates patterns with Java. Each line of standard input is a request, and each line of standard output is the
 * response to it. A text consists of the hexadecimal numbers of its code points, separated by spaces.
 *
 * <ul>
 * <li>{@code unassigned}: the code points that this Java's Unicode version does not assign, as ranges;
 * <li>{@code pattern TEXT}: sets the pattern for the lines that follow; the response is {@code ok};
 * <li>{@code value TEXT}: whether the whole value matches, as {@code +} or {@code -};
 * <li>{@code all}: the code points that match as a value of one code point, as ranges.
 * </ul>
 */
public final class Verdicts {
    private Verdicts() {}

    public static void main(String[] arguments) throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var output = new PrintStream(new java.io.BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.US_ASCII);
        Matcher matcher = Pattern.compile("").matcher("");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] parts = line.split(" ", 2);
            String text = parts.length == 2 ? decode(parts[1]) : "";
            switch (parts[0]) {
                case "unassigned" -> output.println(ranges(c -> Character.getType(c) == Character.UNASSIGNED));
                case "pattern" -> {
                    matcher = Pattern.compile(text).matcher("");
                    output.println("ok");
                }
                case "value" -> output.println(matcher.reset(text).matches() ? "+" : "-");
                case "all" -> {
                    Matcher current = matcher;
                    output.println(ranges(c -> current.reset(Character.toString(c)).matches()));
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        output.flush();
    }

    private static String decode(String text) {
        var decoded = new StringBuilder();
        for (String c : text.split(" ")) {
            if (!c.isEmpty()) {
                decoded.appendCodePoint(Integer.parseInt(c, 16));
            }
        }
        return decoded.toString();
    }

    /** Returns the code points that satisfy the predicate, except surrogates, as ranges. */
    private static String ranges(IntPredicate holds) {
        var found = new StringBuilder();
        int start = -1;
        for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
            boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean in = c <= Character.MAX_CODE_POINT && !surrogate && holds.test(c);
            if (in && start < 0) {
                start = c;
            } else if (!in && start >= 0) {
                found.append(Integer.toHexString(start)).append('-').append(Integer.toHexString(c - 1)).append(' ');
                start = -1;
            }
        }
        return found.toString().trim();
    }
}
