package io.headcount.cli;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What to say of a wrong command line without saying a token again that stands in it: in a URL's path, or behind a mistyped option. Exception
 * of picocli -> words.
 */
final class UsageMistake {
    private static final String LEFT_OUT = "…";
    private static final Pattern BEHIND_NAME = Pattern.compile("(?<=[=/]).*", Pattern.DOTALL);
    private static final Pattern BEHIND_SCHEME = Pattern.compile("(?<=://)[^\\s'\"]+");
    private static final Pattern TOKEN_PATH = Pattern.compile("(?<=/t/)[^\\s'\",/]+");

    private UsageMistake() {}

    static String words(ParameterException mistake) {
        String words = mistake.getMessage();
        List<String> unmatched =
                mistake instanceof UnmatchedArgumentException unknown ? unknown.getUnmatched() : List.of();
        for (String argument : unmatched) {
            words = words.replace(argument, withoutValue(argument));
        }
        return TOKEN_PATH
                .matcher(BEHIND_SCHEME.matcher(words).replaceAll(LEFT_OUT))
                .replaceAll(LEFT_OUT);
    }

    private static String withoutValue(String argument) {
        return BEHIND_NAME.matcher(argument).replaceFirst(LEFT_OUT);
    }
}
