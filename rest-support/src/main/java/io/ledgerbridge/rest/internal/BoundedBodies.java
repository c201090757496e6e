package io.ledgerbridge.rest.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** Ends the reading of a body that is longer than any answer can be, before it fills the memory. */
public final class BoundedBodies implements Interceptor {

    private final long limit;

    public BoundedBodies(long limit) {
        this.limit = limit;
    }

    /** The body was longer than the limit. Asking again would bring it again. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long limit) {
            super("the body is longer than " + limit / (1 << 20) + " MB and was not read further");
        }
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        ResponseBody body = response.body();
        return response.newBuilder()
                .body(ResponseBody.create(
                        Okio.buffer(new Bounded(body.source(), limit)), body.contentType(), body.contentLength()))
                .build();
    }

    private static final class Bounded extends ForwardingSource {
        private final long limit;
        private long read;

        Bounded(Source source, long limit) {
            super(source);
            this.limit = limit;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            long count = super.read(sink, byteCount);
            if (count > 0) {
                read += count;
                if (read > limit) {
                    throw new TooLongException(limit);
                }
            }
            return count;
        }
    }
}
