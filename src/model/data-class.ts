/** Names of our own data classes are fixed (product.md section 5). How sensitive each one is stands in data/data-classes.json. */
export const DATA_CLASSES = [
  "person_name",
  "username",
  "email",
  "phone",
  "postal_address",
  "postal_code",
  "date_of_birth",
  "age",
  "gender",
  "marital_status",
  "nationality",
  "national_id",
  "passport",
  "driver_license",
  "license_plate",
  "vehicle_vin",
  "tax_id",
  "tax_status",
  "id_document_date",
  "photo_url",
  "signature_image",
  "race_ethnicity",
  "religion",
  "political_opinion",
  "trade_union",
  "sexual_orientation",
  "criminal_record",
  "biometric",
  "genetic_data",
  "health_record",
  "medical_record_number",
  "health_insurance_id",
  "npi",
  "dea_number",
  "claim_number",
  "payment_card",
  "card_cvv",
  "card_expiry",
  "card_last4",
  "card_bin",
  "card_fingerprint",
  "iban",
  "bic",
  "bank_account",
  "routing_number",
  "account_last4",
  "salary",
  "financial_amount",
  "credit_score",
  "crypto_wallet",
  "gift_card",
  "password",
  "password_hash",
  "pin",
  "api_key",
  "access_token",
  "refresh_token",
  "session_token",
  "jwt",
  "client_secret",
  "webhook_secret",
  "private_key",
  "public_key",
  "connection_string",
  "secret_url",
  "secret_blob",
  "otp_secret",
  "security_question",
  "ip_address",
  "private_ip",
  "internal_host",
  "hostname",
  "mac_address",
  "device_id",
  "user_agent",
  "wifi_ssid",
  "stack_trace",
  "sql_error",
  "file_path",
  "geo_coordinates",
  "location_coarse",
  "tracking_number",
  "free_text",
] as const;
export type OwnDataClass = (typeof DATA_CLASSES)[number];
/** One that a consumer defines (model/custom-class): none of ours has a slash. */
export type CustomClassName = `custom/${string}`;
export type DataClass = OwnDataClass | CustomClassName;

/** What makes a class matter. */
export const DATA_GROUPS = ["personal", "special", "financial", "card", "health", "secret", "infrastructure", "location", "low"] as const;
export type DataGroup = (typeof DATA_GROUPS)[number];

export function isCustomClassName(name: string): name is CustomClassName {
  return CUSTOM_CLASS_NAME.test(name);
}

export function isDataClass(name: unknown): name is DataClass {
  return typeof name === "string" && (isCustomClassName(name) || DATA_CLASSES.some((own) => own === name));
}

/** Of a class that a consumer defines. */
export const CUSTOM_CLASS_NAME: RegExp = /^custom\/[a-z][a-z0-9_]{0,47}$/;
