package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes the key that seals credentials. */
@Command(
        name = "rotate-keys",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a key to the keyset file and seals all credentials with it. Runs may go on meanwhile; if it is interrupted,"
                    + " run it again with --keep-key.",
            "Processes that use the same file read it again. Where they have copies, or the keyset in the environment, they"
                    + " must have the new keyset before: see docs/security.md."
        })
final class RotateKeysCommand extends RegistryCommand {

    @Option(names = "--keep-key", description = "Add no key: seal with the newest that is there.")
    private boolean keepKey;

    @Option(names = "--forget-old", description = "Remove the old keys from the keyset file when all is sealed anew.")
    private boolean forgetOld;

    RotateKeysCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        Keys keys = registered.keys();
        if (forgetOld && !keys.isFile()) {
            throw new BadSetting(
                    "The keyset is in LEDGERBRIDGE_KEYSET: remove its old keys there, not with --forget-old.");
        }
        int sealed;
        // Held until the end: what another rotation has sealed meanwhile could not be opened without its key.
        try (Keys.Hold hold = keys.hold()) {
            if (keys.isFile() && !keepKey) {
                keys.addKey();
            }
            sealed = registered.registry().rotateKeys();
            if (forgetOld) {
                keys.forgetOldKeys();
            }
        }
        to.println(
                asJson
                        ? Reports.json(new Reports.JsonRotation(sealed, forgetOld))
                        : sealed + " secrets were sealed with the newest key"
                                + (forgetOld ? "; the old ones are forgotten." : "; the old ones still open."));
    }
}
