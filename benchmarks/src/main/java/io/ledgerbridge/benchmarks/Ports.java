package io.ledgerbridge.benchmarks;

import com.sun.management.ThreadMXBean;
import io.ledgerbridge.sync.internal.SourceReader;
import io.ledgerbridge.sync.internal.TargetWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two edges of the engine. A first run records what source and target answer; later ones are answered from memory, so that
 * nothing but the engine is at work, and the time beyond the edges is left out.
 */
final class Ports {

    /** One call and its answer; a digest of what was asked shows that a later run asks for the same. */
    private record Answer(
            String asked, int arguments, @Nullable Object value) {}

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Answer> tape = new ArrayList<>();
    private Iterator<Answer> answers = tape.iterator();
    private long outsideCpu;
    private long outsideTime;
    private long startedCpu;
    private long startedTime;

    SourceReader recording(SourceReader source) {
        return recording(SourceReader.class, source);
    }

    TargetWriter recording(TargetWriter target) {
        return recording(TargetWriter.class, target);
    }

    /** From now on all calls are answered as they were before, and time counts. */
    void rewind() {
        answers = tape.iterator();
        outsideCpu = 0;
        outsideTime = 0;
        startedCpu = THREADS.getCurrentThreadCpuTime();
        startedTime = System.nanoTime();
    }

    SourceReader source() {
        return replaying(SourceReader.class);
    }

    TargetWriter target() {
        return replaying(TargetWriter.class);
    }

    private <T> T recording(Class<T> port, T inner) {
        return proxy(port, (method, arguments) -> {
            int digest = Arrays.deepHashCode(arguments);
            try {
                Object value = method.invoke(inner, arguments);
                tape.add(new Answer(method.getName(), digest, value));
                return value;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private <T> T replaying(Class<T> port) {
        return proxy(port, (method, arguments) -> {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long time = System.nanoTime();
            try {
                Answer answer = answers.next();
                boolean same =
                        answer.asked().equals(method.getName()) && answer.arguments() == Arrays.deepHashCode(arguments);
                if (!same) {
                    throw new IllegalStateException("this run asks for " + method.getName() + " where the recorded one"
                            + " asked for " + answer.asked());
                }
                return answer.value();
            } finally {
                outsideCpu += THREADS.getCurrentThreadCpuTime() - cpu;
                outsideTime += System.nanoTime() - time;
            }
        });
    }

    private interface Call {
        @Nullable
        Object answer(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> port, Call call) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call.answer(method, arguments == null ? new Object[0] : arguments)));
    }

    /** Seconds of CPU time of the engine's thread since the last rewinding. */
    double engineCpu() {
        return (THREADS.getCurrentThreadCpuTime() - startedCpu - outsideCpu) / 1e9;
    }

    /** Seconds on the clock since the last rewinding; with collections of garbage. */
    double engineTime() {
        return (System.nanoTime() - startedTime - outsideTime) / 1e9;
    }
}
