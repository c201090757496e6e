package io.ledgerbridge.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Loses connections as a network does: at one statement, or at the commit, before the database has carried it out or after. What
 * was not committed is undone then, and the connection fails from there on.
 */
public final class CuttingDataSource implements DataSource {

    private static final Set<String> STEPS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "executeLargeBatch", "commit");
    private static final int NEVER = -1;

    private final DataSource inner;
    private int at = NEVER;
    private boolean afterwards;
    private int reached;
    private int cuts;
    private @Nullable Random random;
    private int seldom;
    private @Nullable SQLException refusal;

    public CuttingDataSource(DataSource inner) {
        this.inner = inner;
    }

    /** Cuts once, at the step with this number from now on. */
    public synchronized void cutAt(int step, boolean after) {
        at = step;
        afterwards = after;
        reached = 0;
    }

    public synchronized void cutNoMore() {
        at = NEVER;
        random = null;
    }

    /** Cuts again and again, after up to so many steps each. */
    public synchronized void cutNowAndThen(Random source, int steps) {
        random = source;
        seldom = steps;
        cutAt(source.nextInt(steps), source.nextBoolean());
    }

    /** How often it has cut. */
    public synchronized int cuts() {
        return cuts;
    }

    /** Refuses every commit with this; null for none any more. */
    synchronized void refuse(@Nullable SQLException exception) {
        refusal = exception;
    }

    private synchronized boolean isCut(String method, boolean after) throws SQLException {
        if (!STEPS.contains(method)) {
            return false;
        }
        if (!after && method.equals("commit") && refusal != null) {
            throw refusal;
        }
        int step = after ? reached - 1 : reached++;
        if (step == at && after == afterwards) {
            at = NEVER;
            cuts++;
            if (random != null) {
                cutNowAndThen(random, seldom);
            }
            return true;
        }
        return false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new Cable(inner.getConnection()).connection();
    }

    private final class Cable {
        private final Connection real;
        private boolean cut;

        Cable(Connection real) {
            this.real = real;
        }

        Connection connection() {
            return proxy(Connection.class, real);
        }

        private <T> T proxy(Class<T> type, Object target) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> call(target, method, arguments)));
        }

        private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (cut && name.equals("close")) {
                return target == real ? invoke(real, method, arguments) : null;
            }
            if (cut || isCut(name, false)) {
                throw lost();
            }
            Object result = invoke(target, method, arguments);
            if (isCut(name, true)) {
                throw lost();
            }
            if (result instanceof PreparedStatement statement) {
                return proxy(PreparedStatement.class, statement);
            }
            return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
        }

        /** What the database does when it loses its client, and what the client sees. */
        private SQLException lost() throws SQLException {
            if (!cut && !real.getAutoCommit()) {
                real.rollback();
            }
            cut = true;
            return new SQLException("the connection was cut", "08006");
        }

        private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("not used");
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(System.out, true);
    }

    @Override
    public void setLogWriter(PrintWriter writer) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return inner.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return inner.isWrapperFor(type);
    }
}
