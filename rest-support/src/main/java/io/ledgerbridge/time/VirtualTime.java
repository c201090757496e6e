package io.ledgerbridge.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps to the next moment anyone waits for, as soon as everyone waits. A program that sleeps for a month
 * ends in seconds and meets the same instants every time.
 *
 * <p>A thread takes part while it waits here. A thread made by {@link #threadFactory()} takes part from its start to its
 * end: while it computes, time stands still. With one thread alone nothing needs to be registered.
 */
public final class VirtualTime implements TimeSource {

    private final Object lock = new Object();
    private final Instant start;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(
            Comparator.<Waiter>comparingLong(waiter -> waiter.due).thenComparingLong(waiter -> waiter.sequence));
    private final Set<Thread> members = new HashSet<>();
    private int busyMembers;
    private long elapsedNanos;
    private long nextSequence;
    private Duration jumped = Duration.ZERO;

    private VirtualTime(Instant start) {
        this.start = start;
    }

    /** A clock that stands at this instant until somebody waits. */
    public static VirtualTime startingAt(Instant start) {
        return new VirtualTime(start);
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return start.plusNanos(elapsedNanos).plus(jumped);
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return elapsedNanos;
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.isZero() || duration.isNegative()) {
            return;
        }
        Waiter waiter = enqueue(duration, null, isMember());
        waitFor(waiter);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        Waiter waiter = enqueue(delay, task, false);
        return () -> remove(waiter);
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!future.isDone()) {
            Waiter waiter = enqueue(timeout, null, isMember());
            future.whenComplete((value, failure) -> fire(waiter));
            waitFor(waiter);
        }
        if (!future.isDone()) {
            throw new TimeoutException("not complete after " + timeout);
        }
        return future.get();
    }

    /** Moves the wall clock as an operator or a time server does; spans and waits do not notice. */
    public void jump(Duration by) {
        synchronized (lock) {
            jumped = jumped.plus(by);
        }
    }

    /** Makes threads for which time stands still while they compute. */
    @Override
    public ThreadFactory threadFactory() {
        return task -> {
            Thread thread = new Thread(() -> {
                try {
                    task.run();
                } finally {
                    leave();
                }
            });
            thread.setDaemon(true);
            synchronized (lock) {
                members.add(thread);
                busyMembers++;
            }
            return thread;
        };
    }

    private boolean isMember() {
        synchronized (lock) {
            return members.contains(Thread.currentThread());
        }
    }

    private void leave() {
        synchronized (lock) {
            members.remove(Thread.currentThread());
            busyMembers--;
            lock.notifyAll();
        }
    }

    private Waiter enqueue(Duration delay, @Nullable Runnable task, boolean member) {
        synchronized (lock) {
            Waiter waiter = new Waiter(elapsedNanos + Math.max(0, delay.toNanos()), nextSequence++, task, member);
            waiters.add(waiter);
            return waiter;
        }
    }

    private void waitFor(Waiter waiter) throws InterruptedException {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            idle(waiter);
            while (true) {
                Runnable due;
                synchronized (lock) {
                    if (waiter.fired) {
                        return;
                    }
                    if (busyMembers > 0) {
                        lock.wait();
                        continue;
                    }
                    due = advance();
                }
                if (due != null) {
                    due.run();
                }
            }
        } catch (InterruptedException e) {
            fire(waiter);
            throw e;
        }
    }

    /** From here on the thread waits, unless it has been woken already. */
    private void idle(Waiter waiter) {
        synchronized (lock) {
            if (waiter.member && !waiter.fired) {
                waiter.idle = true;
                busyMembers--;
                lock.notifyAll();
            }
        }
    }

    /** Jumps to the next moment; answers the task to run then, if it is one. */
    private @Nullable Runnable advance() {
        Waiter next = waiters.poll();
        if (next == null) {
            return null;
        }
        elapsedNanos = Math.max(elapsedNanos, next.due);
        wake(next);
        return next.task;
    }

    private void fire(Waiter waiter) {
        synchronized (lock) {
            if (waiters.remove(waiter)) {
                wake(waiter);
            }
        }
    }

    private void remove(Waiter waiter) {
        synchronized (lock) {
            waiters.remove(waiter);
        }
    }

    /** Counts the thread as busy before it really runs, so that nobody jumps ahead in between. */
    private void wake(Waiter waiter) {
        waiter.fired = true;
        if (waiter.idle) {
            busyMembers++;
        }
        lock.notifyAll();
    }

    private static final class Waiter {
        final long due;
        final long sequence;
        final @Nullable Runnable task;
        final boolean member;
        boolean fired;
        boolean idle;

        Waiter(long due, long sequence, @Nullable Runnable task, boolean member) {
            this.due = due;
            this.sequence = sequence;
            this.task = task;
            this.member = member;
        }
    }
}
