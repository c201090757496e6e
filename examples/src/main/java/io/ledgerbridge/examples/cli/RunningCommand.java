package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.time.TimeSource;
import java.io.PrintWriter;
import java.util.Map;

/** A command that makes calls: it shows how it gets on, and prints a report. */
abstract class RunningCommand extends ConnectionCommand {

    private final String title;
    private final PrintWriter err;
    private final Progress progress;

    RunningCommand(String title, Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super(environment, out);
        this.title = title;
        this.err = err;
        this.progress = new Progress(err, TimeSource.system(), terminal);
    }

    @Override
    SyncEngine.Builder prepared(SyncEngine.Builder engine) {
        return engine.listener(progress);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        SyncReport report = run(engine);
        progress.endLine();
        if (asJson) {
            to.println(Reports.json(report));
        } else {
            Reports.print(title, report, to);
        }
        if (report.problem() != null && asJson) {
            err.println(report.problem().message() + " " + report.problem().next());
        }
        return Reports.exitCode(report);
    }

    abstract SyncReport run(SyncEngine engine);
}
