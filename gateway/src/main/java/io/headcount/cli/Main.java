package io.headcount.cli;

/** The executable's entry: {@code java -jar headcount.jar serve|tail|simulate|verify|journal|check|quarantine}. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code: 0 done, 1 failed, 2 wrong usage or configuration. */
    public static void main(String[] args) {
        System.exit(HeadcountCommand.commandLine(args).execute(args));
    }
}
