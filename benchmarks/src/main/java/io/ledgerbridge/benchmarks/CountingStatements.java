package io.ledgerbridge.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts what is sent to a database: each statement or batch once, and each commit. */
final class CountingStatements {

    private final DataSource inner;
    private final AtomicLong count = new AtomicLong();

    CountingStatements(DataSource inner) {
        this.inner = inner;
    }

    long count() {
        return count.get();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, inner);
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments)));
    }

    private @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
            count.incrementAndGet();
        }
        try {
            Object answer = method.invoke(target, arguments);
            Class<?> type = method.getReturnType();
            boolean counted = type == Connection.class || type == PreparedStatement.class || type == Statement.class;
            return answer != null && counted ? proxy(type, answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
