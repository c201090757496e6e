package io.ledgerbridge.hubspot;

import static io.ledgerbridge.hubspot.AssociationType.hubspotDefined;
import static io.ledgerbridge.hubspot.ObjectType.COMPANIES;
import static io.ledgerbridge.hubspot.ObjectType.CONTACTS;
import static io.ledgerbridge.hubspot.ObjectType.DATA_SYNC_STATES;
import static io.ledgerbridge.hubspot.ObjectType.DEALS;
import static io.ledgerbridge.hubspot.ObjectType.DISCOUNTS;
import static io.ledgerbridge.hubspot.ObjectType.FEES;
import static io.ledgerbridge.hubspot.ObjectType.INVOICES;
import static io.ledgerbridge.hubspot.ObjectType.LINE_ITEMS;
import static io.ledgerbridge.hubspot.ObjectType.NOTES;
import static io.ledgerbridge.hubspot.ObjectType.ORDERS;
import static io.ledgerbridge.hubspot.ObjectType.PAYMENTS;
import static io.ledgerbridge.hubspot.ObjectType.PAYMENT_LINKS;
import static io.ledgerbridge.hubspot.ObjectType.QUOTES;
import static io.ledgerbridge.hubspot.ObjectType.SUBSCRIPTIONS;
import static io.ledgerbridge.hubspot.ObjectType.TAXES;
import static io.ledgerbridge.hubspot.ObjectType.TICKETS;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Crm.DataSyncState;
import io.ledgerbridge.hubspot.Crm.Deal;
import io.ledgerbridge.hubspot.Crm.Discount;
import io.ledgerbridge.hubspot.Crm.Fee;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.Crm.LineItem;
import io.ledgerbridge.hubspot.Crm.Note;
import io.ledgerbridge.hubspot.Crm.Order;
import io.ledgerbridge.hubspot.Crm.Payment;
import io.ledgerbridge.hubspot.Crm.PaymentLink;
import io.ledgerbridge.hubspot.Crm.Quote;
import io.ledgerbridge.hubspot.Crm.Subscription;
import io.ledgerbridge.hubspot.Crm.Tax;
import io.ledgerbridge.hubspot.Crm.Ticket;

/**
 * The association types that HubSpot defines and documents, by what they join and in which direction. Where HubSpot
 * documents one direction alone, only that one is here.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide">Association
 *     type ids</a>
 */
public final class AssociationTypes {

    public static final AssociationType<Contact, Company> CONTACT_TO_COMPANY = hubspotDefined(CONTACTS, COMPANIES, 279);
    public static final AssociationType<Company, Contact> COMPANY_TO_CONTACT = hubspotDefined(COMPANIES, CONTACTS, 280);

    /** The one that is shown first. */
    public static final AssociationType<Contact, Company> CONTACT_TO_COMPANY_PRIMARY =
            hubspotDefined(CONTACTS, COMPANIES, 1);
    /** The one that is shown first. */
    public static final AssociationType<Company, Contact> COMPANY_TO_CONTACT_PRIMARY =
            hubspotDefined(COMPANIES, CONTACTS, 2);

    /** The contact for bills. */
    public static final AssociationType<Contact, Company> CONTACT_TO_COMPANY_BILLING =
            hubspotDefined(CONTACTS, COMPANIES, 931);
    /** The contact for bills. */
    public static final AssociationType<Company, Contact> COMPANY_TO_CONTACT_BILLING =
            hubspotDefined(COMPANIES, CONTACTS, 930);

    public static final AssociationType<Company, Company> COMPANY_TO_COMPANY =
            hubspotDefined(COMPANIES, COMPANIES, 450);

    public static final AssociationType<Company, Company> PARENT_COMPANY_TO_CHILD_COMPANY =
            hubspotDefined(COMPANIES, COMPANIES, 13);
    public static final AssociationType<Company, Company> CHILD_COMPANY_TO_PARENT_COMPANY =
            hubspotDefined(COMPANIES, COMPANIES, 14);

    public static final AssociationType<Contact, Contact> CONTACT_TO_CONTACT = hubspotDefined(CONTACTS, CONTACTS, 449);

    public static final AssociationType<Contact, Deal> CONTACT_TO_DEAL = hubspotDefined(CONTACTS, DEALS, 4);
    public static final AssociationType<Deal, Contact> DEAL_TO_CONTACT = hubspotDefined(DEALS, CONTACTS, 3);

    public static final AssociationType<Company, Deal> COMPANY_TO_DEAL = hubspotDefined(COMPANIES, DEALS, 342);
    public static final AssociationType<Deal, Company> DEAL_TO_COMPANY = hubspotDefined(DEALS, COMPANIES, 341);

    /** The one that is shown first. */
    public static final AssociationType<Company, Deal> COMPANY_TO_DEAL_PRIMARY = hubspotDefined(COMPANIES, DEALS, 6);
    /** The one that is shown first. */
    public static final AssociationType<Deal, Company> DEAL_TO_COMPANY_PRIMARY = hubspotDefined(DEALS, COMPANIES, 5);

    public static final AssociationType<Deal, LineItem> DEAL_TO_LINE_ITEM = hubspotDefined(DEALS, LINE_ITEMS, 19);
    public static final AssociationType<LineItem, Deal> LINE_ITEM_TO_DEAL = hubspotDefined(LINE_ITEMS, DEALS, 20);

    public static final AssociationType<Quote, LineItem> QUOTE_TO_LINE_ITEM = hubspotDefined(QUOTES, LINE_ITEMS, 67);
    public static final AssociationType<LineItem, Quote> LINE_ITEM_TO_QUOTE = hubspotDefined(LINE_ITEMS, QUOTES, 68);

    public static final AssociationType<Invoice, Contact> INVOICE_TO_CONTACT = hubspotDefined(INVOICES, CONTACTS, 177);
    public static final AssociationType<Contact, Invoice> CONTACT_TO_INVOICE = hubspotDefined(CONTACTS, INVOICES, 178);

    public static final AssociationType<Invoice, Company> INVOICE_TO_COMPANY = hubspotDefined(INVOICES, COMPANIES, 179);
    public static final AssociationType<Company, Invoice> COMPANY_TO_INVOICE = hubspotDefined(COMPANIES, INVOICES, 180);

    public static final AssociationType<Invoice, Deal> INVOICE_TO_DEAL = hubspotDefined(INVOICES, DEALS, 175);
    public static final AssociationType<Deal, Invoice> DEAL_TO_INVOICE = hubspotDefined(DEALS, INVOICES, 176);

    public static final AssociationType<Invoice, LineItem> INVOICE_TO_LINE_ITEM =
            hubspotDefined(INVOICES, LINE_ITEMS, 409);
    public static final AssociationType<LineItem, Invoice> LINE_ITEM_TO_INVOICE =
            hubspotDefined(LINE_ITEMS, INVOICES, 410);

    public static final AssociationType<Invoice, Payment> INVOICE_TO_PAYMENT = hubspotDefined(INVOICES, PAYMENTS, 541);
    public static final AssociationType<Payment, Invoice> PAYMENT_TO_INVOICE = hubspotDefined(PAYMENTS, INVOICES, 542);

    public static final AssociationType<Invoice, Quote> INVOICE_TO_QUOTE = hubspotDefined(INVOICES, QUOTES, 407);
    public static final AssociationType<Quote, Invoice> QUOTE_TO_INVOICE = hubspotDefined(QUOTES, INVOICES, 408);

    public static final AssociationType<Invoice, Discount> INVOICE_TO_DISCOUNT =
            hubspotDefined(INVOICES, DISCOUNTS, 411);
    public static final AssociationType<Discount, Invoice> DISCOUNT_TO_INVOICE =
            hubspotDefined(DISCOUNTS, INVOICES, 412);

    public static final AssociationType<Invoice, Fee> INVOICE_TO_FEE = hubspotDefined(INVOICES, FEES, 413);
    public static final AssociationType<Fee, Invoice> FEE_TO_INVOICE = hubspotDefined(FEES, INVOICES, 414);

    public static final AssociationType<Invoice, Tax> INVOICE_TO_TAX = hubspotDefined(INVOICES, TAXES, 415);
    public static final AssociationType<Tax, Invoice> TAX_TO_INVOICE = hubspotDefined(TAXES, INVOICES, 416);

    public static final AssociationType<Invoice, Order> INVOICE_TO_ORDER = hubspotDefined(INVOICES, ORDERS, 517);
    public static final AssociationType<Order, Invoice> ORDER_TO_INVOICE = hubspotDefined(ORDERS, INVOICES, 518);

    public static final AssociationType<Invoice, Subscription> INVOICE_TO_SUBSCRIPTION =
            hubspotDefined(INVOICES, SUBSCRIPTIONS, 622);
    public static final AssociationType<Subscription, Invoice> SUBSCRIPTION_TO_INVOICE =
            hubspotDefined(SUBSCRIPTIONS, INVOICES, 623);

    public static final AssociationType<Invoice, PaymentLink> INVOICE_TO_PAYMENT_LINK =
            hubspotDefined(INVOICES, PAYMENT_LINKS, 815);
    public static final AssociationType<PaymentLink, Invoice> PAYMENT_LINK_TO_INVOICE =
            hubspotDefined(PAYMENT_LINKS, INVOICES, 814);

    public static final AssociationType<Invoice, Ticket> INVOICE_TO_TICKET = hubspotDefined(INVOICES, TICKETS, 986);

    public static final AssociationType<Invoice, DataSyncState> INVOICE_TO_DATA_SYNC_STATE =
            hubspotDefined(INVOICES, DATA_SYNC_STATES, 679);

    public static final AssociationType<Payment, Contact> PAYMENT_TO_CONTACT = hubspotDefined(PAYMENTS, CONTACTS, 387);
    public static final AssociationType<Contact, Payment> CONTACT_TO_PAYMENT = hubspotDefined(CONTACTS, PAYMENTS, 388);

    public static final AssociationType<Payment, Company> PAYMENT_TO_COMPANY = hubspotDefined(PAYMENTS, COMPANIES, 389);
    public static final AssociationType<Company, Payment> COMPANY_TO_PAYMENT = hubspotDefined(COMPANIES, PAYMENTS, 390);

    public static final AssociationType<Payment, Deal> PAYMENT_TO_DEAL = hubspotDefined(PAYMENTS, DEALS, 391);
    public static final AssociationType<Deal, Payment> DEAL_TO_PAYMENT = hubspotDefined(DEALS, PAYMENTS, 392);

    public static final AssociationType<Payment, LineItem> PAYMENT_TO_LINE_ITEM =
            hubspotDefined(PAYMENTS, LINE_ITEMS, 395);
    public static final AssociationType<LineItem, Payment> LINE_ITEM_TO_PAYMENT =
            hubspotDefined(LINE_ITEMS, PAYMENTS, 396);

    public static final AssociationType<Payment, Quote> PAYMENT_TO_QUOTE = hubspotDefined(PAYMENTS, QUOTES, 397);
    public static final AssociationType<Quote, Payment> QUOTE_TO_PAYMENT = hubspotDefined(QUOTES, PAYMENTS, 398);

    public static final AssociationType<Payment, Order> PAYMENT_TO_ORDER = hubspotDefined(PAYMENTS, ORDERS, 524);
    public static final AssociationType<Order, Payment> ORDER_TO_PAYMENT = hubspotDefined(ORDERS, PAYMENTS, 523);

    public static final AssociationType<Payment, Subscription> PAYMENT_TO_SUBSCRIPTION =
            hubspotDefined(PAYMENTS, SUBSCRIPTIONS, 393);

    public static final AssociationType<Payment, Discount> PAYMENT_TO_DISCOUNT =
            hubspotDefined(PAYMENTS, DISCOUNTS, 428);

    public static final AssociationType<Payment, Fee> PAYMENT_TO_FEE = hubspotDefined(PAYMENTS, FEES, 1326);

    public static final AssociationType<Payment, PaymentLink> PAYMENT_TO_PAYMENT_LINK =
            hubspotDefined(PAYMENTS, PAYMENT_LINKS, 476);
    public static final AssociationType<PaymentLink, Payment> PAYMENT_LINK_TO_PAYMENT =
            hubspotDefined(PAYMENT_LINKS, PAYMENTS, 475);

    public static final AssociationType<Payment, Ticket> PAYMENT_TO_TICKET = hubspotDefined(PAYMENTS, TICKETS, 1354);
    public static final AssociationType<Ticket, Payment> TICKET_TO_PAYMENT = hubspotDefined(TICKETS, PAYMENTS, 1355);

    public static final AssociationType<Note, Contact> NOTE_TO_CONTACT = hubspotDefined(NOTES, CONTACTS, 202);

    public static final AssociationType<Note, Company> NOTE_TO_COMPANY = hubspotDefined(NOTES, COMPANIES, 190);

    public static final AssociationType<Note, Deal> NOTE_TO_DEAL = hubspotDefined(NOTES, DEALS, 214);

    private AssociationTypes() {}
}
