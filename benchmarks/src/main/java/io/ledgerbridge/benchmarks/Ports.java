package io.ledgerbridge.benchmarks;

import com.sun.management.ThreadMXBean;
import io.ledgerbridge.sync.internal.SourceReader;
import io.ledgerbridge.sync.internal.TargetWriter;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Stands at the two edges of the engine and counts the time that is spent beyond them. */
final class Ports {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long outsideCpu;
    private long outsideTime;
    private final long startedCpu = THREADS.getCurrentThreadCpuTime();
    private final long startedTime = System.nanoTime();

    SourceReader around(SourceReader source) {
        return around(SourceReader.class, source);
    }

    TargetWriter around(TargetWriter target) {
        return around(TargetWriter.class, target);
    }

    private <T> T around(Class<T> port, T inner) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    long cpu = THREADS.getCurrentThreadCpuTime();
                    long time = System.nanoTime();
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        outsideCpu += THREADS.getCurrentThreadCpuTime() - cpu;
                        outsideTime += System.nanoTime() - time;
                    }
                }));
    }

    /** Seconds of CPU time of the engine's thread so far, without what the ports took. */
    double engineCpu() {
        return (THREADS.getCurrentThreadCpuTime() - startedCpu - outsideCpu) / 1e9;
    }

    /** Seconds on the clock so far, without what the ports took; with collections of garbage. */
    double engineTime() {
        return (System.nanoTime() - startedTime - outsideTime) / 1e9;
    }
}
