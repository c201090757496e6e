package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Workflow;

/**
 * The organisation's workflow rules. Plans limit how many there may be; one too many is a {@link ZohoRequestException}.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/workflows/">Zoho Books API, workflows</a>
 */
public final class Workflows {

    private static final Parameters<Workflow> ALL = Parameters.none();

    private final Calls calls;
    private final ZohoApi api;

    Workflows(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** Needs the scope {@code ZohoBooks.settings.READ}. */
    public Listing<Workflow> list() {
        return new Listing<>(
                calls,
                ALL,
                Workflow::workflowId,
                number -> Page.of(calls.answer(() -> api.workflows(ALL.onPage(number))), number));
    }

    /**
     * Needs the scope {@code ZohoBooks.settings.CREATE}. Not repeated when the answer is lost: list the rules before you
     * create it again.
     */
    public Workflow create(NewWorkflow workflow) {
        return Details.create(calls, () -> api.createWorkflow(workflow.body()));
    }

    /**
     * Needs the scope {@code ZohoBooks.settings.DELETE}.
     *
     * @return false if there was none
     */
    public boolean delete(String id) {
        String valid = Ids.valid("workflow id", id);
        return calls.delete(() -> api.deleteWorkflow(valid));
    }
}
