package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.SyncReport.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Keeps HubSpot in step with Zoho Books, from the command line. */
@Command(
        name = "ledgerbridge",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        description = "Keeps HubSpot in step with Zoho Books, one way.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:complete",
            "1:partial: something is quarantined, pending or wrong",
            "2:bad settings",
            "3:nothing could be done"
        })
public final class Ledgerbridge {

    private static final int BAD_SETTINGS = 2;

    private Ledgerbridge() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(System.getenv(), out, err, System.console() != null, args);
        System.exit(exitCode);
    }

    /** Runs one command with this environment and answers its exit code. */
    static int run(
            Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal, String... args) {
        boolean json = Arrays.asList(args).contains("--json");
        return new CommandLine(new Ledgerbridge())
                .addSubcommand(new DemoCommand(out, err, terminal))
                .addSubcommand(new SyncCommand(environment, out, err, terminal))
                .addSubcommand(new PlanCommand(environment, out, err, terminal))
                .addSubcommand(new ApplyCommand(environment, out, err, terminal))
                .addSubcommand(new DoctorCommand(environment, out))
                .addSubcommand(new StatusCommand(environment, out))
                .addSubcommand(new QuarantineCommand(environment, out))
                .addSubcommand(new ReplayCommand(environment, out, err, terminal))
                .addSubcommand(new CommandLine(new AuditCommand(environment, out))
                        .addSubcommand(new AuditVerifyCommand(environment, out)))
                .addSubcommand(new ReconcileCommand(environment, out))
                .addSubcommand(new RepairCommand(environment, out, err, terminal))
                .addSubcommand(new EraseCommand(environment, out, err, terminal))
                .addSubcommand(new ApproveDeletionsCommand(environment, out))
                .addSubcommand(new ApproveRemapCommand(environment, out))
                .addSubcommand(new RebuildCommand(environment, out))
                .addSubcommand(new ConnectCommand(environment, out, err))
                .addSubcommand(new ConnectionsCommand(environment, out))
                .addSubcommand(new SelectCommand(environment, out))
                .addSubcommand(WebhooksCommand.with(environment, out, err))
                .addSubcommand(new PauseCommand(environment, out))
                .addSubcommand(new ResumeCommand(environment, out))
                .addSubcommand(new DisconnectCommand(environment, out, err))
                .addSubcommand(new RotateKeysCommand(environment, out))
                .addSubcommand(new ServeCommand(environment, out, err))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, given) -> refuse(wrong, out, err, json))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof BadSetting bad) {
                        return refuse(String.valueOf(bad.getMessage()), out, err, json);
                    }
                    throw failure;
                })
                .execute(args);
    }

    /** What was given is not repeated: it may be a secret in the wrong place. */
    private static int refuse(ParameterException wrong, PrintWriter out, PrintWriter err, boolean json) {
        String message = wrong instanceof UnmatchedArgumentException
                ? "There is an argument that this command does not know; secrets are given by environment or file only."
                : "The arguments are wrong: " + wrong.getMessage();
        return refuse(message + " See --help.", out, err, json);
    }

    private static int refuse(String message, PrintWriter out, PrintWriter err, boolean json) {
        if (json) {
            out.println(Reports.json(new Problem("settings", message, "Correct the setting, then run again.")));
        }
        err.println(message);
        return BAD_SETTINGS;
    }
}
