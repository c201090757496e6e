package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import retrofit2.Call;

/** What all resources do with single records and with lists that come in one answer. */
final class Details {

    private Details() {}

    static <T> T get(Calls calls, Supplier<Call<Answer.One<T>>> call) {
        return present(calls.answer(call));
    }

    static <T> T create(Calls calls, Supplier<Call<Answer.One<T>>> call) {
        return present(calls.create(call));
    }

    static <T> Optional<T> find(Calls calls, Supplier<Call<Answer.One<T>>> call) {
        try {
            return Optional.of(get(calls, call));
        } catch (ZohoNotFoundException e) {
            return Optional.empty();
        }
    }

    static <T> List<T> all(Calls calls, Supplier<Call<Answer.Rows<T>>> call) {
        return Page.of(calls.answer(call), 1).readable().items();
    }

    private static <T> T present(Calls.Answered<Answer.One<T>> answered) {
        T record = answered.answer().value();
        if (record == null) {
            throw new ZohoRequestException(
                    answered.path() + " was answered with success, but without the record that was asked for.",
                    Failure.of("", answered.path(), 1).answered(200, 0, ""));
        }
        return record;
    }
}
