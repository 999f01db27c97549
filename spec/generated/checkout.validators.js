// Made by `npm run generate` from spec/checkout.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};
const names0 = new Set(["first_name","last_name","full_name","email","phone_number","customer_id","account_type","authentication_status","company","loyalty","tax_exemption"]);
const names1 = new Set(["id","name","display_name","version","spec","requires_delegate_payment","requires_pci_compliance","psp","config_schema","instrument_schemas","config","display_order"]);
const names2 = new Set(["line_items","currency","buyer","fulfillment_details","fulfillment_groups","capabilities","discounts","coupons","affiliate_attribution","locale","timezone","quote_id","metadata","order_notes"]);
const names3 = new Set(["id","quantity","title","product_id","description","image_url","url","unit_price","subtotal","totals","status"]);
const names4 = new Set(["id","type","status","line_items","carrier","tracking_number","tracking_url","destination","estimated_delivery","digital_delivery","description","events"]);
const names5 = new Set(["id","type","occurred_at","status","line_items","amount","currency","description","reason"]);

export const validateCheckoutSessionCreateRequest = validate21;





function validate23(data, instancePath=""){
/*# sourceURL="Item" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
return refuse(validate23, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "id") || (key0 === "name")) || (key0 === "unit_amount"))){
return refuse(validate23, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate23, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs4 = errors;
if(typeof data.name !== "string"){
return refuse(validate23, instancePath+"/name", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit_amount !== undefined){
let data2 = data.unit_amount;
const _errs6 = errors;
if(!(Number.isInteger(data2))){
return refuse(validate23, instancePath+"/unit_amount", "type", {type: "integer"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate23, instancePath, "type", {type: "object"});
}
}
validate23.errors = vErrors;
return errors === 0;
}



function validate25(data, instancePath=""){
/*# sourceURL="RequestedQuantity" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
return refuse(validate25, instancePath, "type", {type: "integer"});
}
if(errors === 0){
if(Number.isFinite(data)){
if(data > 10000 || isNaN(data)){
return refuse(validate25, instancePath, "maximum", {limit: 10000});
}
else {
if(data < 1 || isNaN(data)){
return refuse(validate25, instancePath, "minimum", {limit: 1});
}
}
}
}
validate25.errors = vErrors;
return errors === 0;
}


function validate22(data, instancePath=""){
/*# sourceURL="RequestedItem" */;
let vErrors = null;
let errors = 0;
const _errs0 = errors;
let valid0 = true;
const _errs1 = errors;
if(isObject(data)){
let missing0;
if((data.item === undefined) && (missing0 = "item")){
errors = (vErrors ??= []).push({});
}
}
var _valid0 = _errs1 === errors;
errors = _errs0;
if(vErrors !== null){
if(_errs0){
vErrors.length = _errs0;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs2 = errors;
if(errors === _errs2){
if(isObject(data)){
let missing1;
if((data.item === undefined) && (missing1 = "item")){
return refuse(validate22, instancePath, "required", {missingProperty: missing1});
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!(((((key0 === "item") || (key0 === "quantity")) || (key0 === "id")) || (key0 === "name")) || (key0 === "unit_amount"))){
return refuse(validate22, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs4 === errors){
if(data.item !== undefined){
const _errs5 = errors;
if(!(validate23(data.item, instancePath+"/item"))){
errors = add(vErrors ??= [], validate23);
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.quantity !== undefined){
const _errs6 = errors;
if(!(validate25(data.quantity, instancePath+"/quantity"))){
errors = add(vErrors ??= [], validate25);
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.id !== undefined){
const _errs7 = errors;
if(typeof data.id !== "string"){
return refuse(validate22, instancePath+"/id", "type", {type: "string"});
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.name !== undefined){
const _errs9 = errors;
if(typeof data.name !== "string"){
return refuse(validate22, instancePath+"/name", "type", {type: "string"});
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.unit_amount !== undefined){
let data4 = data.unit_amount;
const _errs11 = errors;
if(!(Number.isInteger(data4))){
return refuse(validate22, instancePath+"/unit_amount", "type", {type: "integer"});
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
else {
return refuse(validate22, instancePath, "type", {type: "object"});
}
}
var _valid0 = _errs2 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs13 = errors;
if(errors === _errs13){
if(isObject(data)){
let missing2;
if((data.id === undefined) && (missing2 = "id")){
return refuse(validate22, instancePath, "required", {missingProperty: missing2});
}
else {
const _errs15 = errors;
for(const key1 in data){
if(!(((((key1 === "id") || (key1 === "quantity")) || (key1 === "name")) || (key1 === "unit_amount")) || (key1 === "item"))){
return refuse(validate22, instancePath, "additionalProperties", {additionalProperty: key1});
}
}
if(_errs15 === errors){
if(data.id !== undefined){
const _errs16 = errors;
if(typeof data.id !== "string"){
return refuse(validate22, instancePath+"/id", "type", {type: "string"});
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.quantity !== undefined){
const _errs18 = errors;
if(!(validate25(data.quantity, instancePath+"/quantity"))){
errors = add(vErrors ??= [], validate25);
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.name !== undefined){
const _errs19 = errors;
if(typeof data.name !== "string"){
return refuse(validate22, instancePath+"/name", "type", {type: "string"});
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.unit_amount !== undefined){
let data8 = data.unit_amount;
const _errs21 = errors;
if(!(Number.isInteger(data8))){
return refuse(validate22, instancePath+"/unit_amount", "type", {type: "integer"});
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.item !== undefined){
var valid2 = false;
return refuse(validate22, instancePath+"/item", "false schema", {});
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
return refuse(validate22, instancePath, "type", {type: "object"});
}
}
var _valid0 = _errs13 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: ifClause0}));
validate22.errors = vErrors;
return false;
}
validate22.errors = vErrors;
return errors === 0;
}


const formats0 = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const formats2 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate29(data, instancePath=""){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.email === undefined) && (missing0 = "email")){
return refuse(validate29, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names0.has(key0))){
return refuse(validate29, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.first_name !== undefined){
const _errs2 = errors;
if(typeof data.first_name !== "string"){
return refuse(validate29, instancePath+"/first_name", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.last_name !== undefined){
const _errs4 = errors;
if(typeof data.last_name !== "string"){
return refuse(validate29, instancePath+"/last_name", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.full_name !== undefined){
const _errs6 = errors;
if(typeof data.full_name !== "string"){
return refuse(validate29, instancePath+"/full_name", "type", {type: "string"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
let data3 = data.email;
const _errs8 = errors;
if(errors === _errs8){
if(errors === _errs8){
if(typeof data3 === "string"){
if(!(formats0.test(data3))){
return refuse(validate29, instancePath+"/email", "format", {format: "email"});
}
}
else {
return refuse(validate29, instancePath+"/email", "type", {type: "string"});
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs10 = errors;
if(typeof data.phone_number !== "string"){
return refuse(validate29, instancePath+"/phone_number", "type", {type: "string"});
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.customer_id !== undefined){
const _errs12 = errors;
if(typeof data.customer_id !== "string"){
return refuse(validate29, instancePath+"/customer_id", "type", {type: "string"});
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.account_type !== undefined){
let data6 = data.account_type;
const _errs14 = errors;
if(typeof data6 !== "string"){
return refuse(validate29, instancePath+"/account_type", "type", {type: "string"});
}
if(!(((data6 === "guest") || (data6 === "registered")) || (data6 === "business"))){
return refuse(validate29, instancePath+"/account_type", "enum", {allowedValues: ["guest","registered","business"]});
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.authentication_status !== undefined){
let data7 = data.authentication_status;
const _errs16 = errors;
if(typeof data7 !== "string"){
return refuse(validate29, instancePath+"/authentication_status", "type", {type: "string"});
}
if(!(((data7 === "authenticated") || (data7 === "guest")) || (data7 === "requires_signin"))){
return refuse(validate29, instancePath+"/authentication_status", "enum", {allowedValues: ["authenticated","guest","requires_signin"]});
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.company !== undefined){
let data8 = data.company;
const _errs18 = errors;
if(errors === _errs18){
if(isObject(data8)){
let missing1;
if((data8.name === undefined) && (missing1 = "name")){
return refuse(validate29, instancePath+"/company", "required", {missingProperty: missing1});
}
else {
const _errs20 = errors;
for(const key1 in data8){
if(!((((key1 === "name") || (key1 === "tax_id")) || (key1 === "department")) || (key1 === "cost_center"))){
return refuse(validate29, instancePath+"/company", "additionalProperties", {additionalProperty: key1});
}
}
if(_errs20 === errors){
if(data8.name !== undefined){
const _errs21 = errors;
if(typeof data8.name !== "string"){
return refuse(validate29, instancePath+"/company/name", "type", {type: "string"});
}
var valid1 = _errs21 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.tax_id !== undefined){
const _errs23 = errors;
if(typeof data8.tax_id !== "string"){
return refuse(validate29, instancePath+"/company/tax_id", "type", {type: "string"});
}
var valid1 = _errs23 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.department !== undefined){
const _errs25 = errors;
if(typeof data8.department !== "string"){
return refuse(validate29, instancePath+"/company/department", "type", {type: "string"});
}
var valid1 = _errs25 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data8.cost_center !== undefined){
const _errs27 = errors;
if(typeof data8.cost_center !== "string"){
return refuse(validate29, instancePath+"/company/cost_center", "type", {type: "string"});
}
var valid1 = _errs27 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
else {
return refuse(validate29, instancePath+"/company", "type", {type: "object"});
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.loyalty !== undefined){
let data13 = data.loyalty;
const _errs29 = errors;
if(errors === _errs29){
if(isObject(data13)){
const _errs31 = errors;
for(const key2 in data13){
if(!(((key2 === "tier") || (key2 === "points_balance")) || (key2 === "member_since"))){
return refuse(validate29, instancePath+"/loyalty", "additionalProperties", {additionalProperty: key2});
}
}
if(_errs31 === errors){
if(data13.tier !== undefined){
const _errs32 = errors;
if(typeof data13.tier !== "string"){
return refuse(validate29, instancePath+"/loyalty/tier", "type", {type: "string"});
}
var valid2 = _errs32 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data13.points_balance !== undefined){
let data15 = data13.points_balance;
const _errs34 = errors;
if(!(Number.isInteger(data15))){
return refuse(validate29, instancePath+"/loyalty/points_balance", "type", {type: "integer"});
}
var valid2 = _errs34 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data13.member_since !== undefined){
let data16 = data13.member_since;
const _errs36 = errors;
if(errors === _errs36){
if(errors === _errs36){
if(typeof data16 === "string"){
if(!(formats2.test(data16))){
return refuse(validate29, instancePath+"/loyalty/member_since", "format", {format: "date-time"});
}
}
else {
return refuse(validate29, instancePath+"/loyalty/member_since", "type", {type: "string"});
}
}
}
var valid2 = _errs36 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
return refuse(validate29, instancePath+"/loyalty", "type", {type: "object"});
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tax_exemption !== undefined){
let data17 = data.tax_exemption;
const _errs38 = errors;
if(errors === _errs38){
if(isObject(data17)){
let missing2;
if(((data17.certificate_id === undefined) && (missing2 = "certificate_id")) || ((data17.certificate_type === undefined) && (missing2 = "certificate_type"))){
return refuse(validate29, instancePath+"/tax_exemption", "required", {missingProperty: missing2});
}
else {
const _errs40 = errors;
for(const key3 in data17){
if(!((((key3 === "certificate_id") || (key3 === "certificate_type")) || (key3 === "exempt_regions")) || (key3 === "expires_at"))){
return refuse(validate29, instancePath+"/tax_exemption", "additionalProperties", {additionalProperty: key3});
}
}
if(_errs40 === errors){
if(data17.certificate_id !== undefined){
const _errs41 = errors;
if(typeof data17.certificate_id !== "string"){
return refuse(validate29, instancePath+"/tax_exemption/certificate_id", "type", {type: "string"});
}
var valid3 = _errs41 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.certificate_type !== undefined){
let data19 = data17.certificate_type;
const _errs43 = errors;
if(typeof data19 !== "string"){
return refuse(validate29, instancePath+"/tax_exemption/certificate_type", "type", {type: "string"});
}
if(!(((data19 === "resale") || (data19 === "exempt_organization")) || (data19 === "government"))){
return refuse(validate29, instancePath+"/tax_exemption/certificate_type", "enum", {allowedValues: ["resale","exempt_organization","government"]});
}
var valid3 = _errs43 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.exempt_regions !== undefined){
let data20 = data17.exempt_regions;
const _errs45 = errors;
if(errors === _errs45){
if(Array.isArray(data20)){
var valid4 = true;
const len0 = data20.length;
for(let i0=0; i0<len0; i0++){
const _errs47 = errors;
if(typeof data20[i0] !== "string"){
return refuse(validate29, instancePath+"/tax_exemption/exempt_regions/" + i0, "type", {type: "string"});
}
var valid4 = _errs47 === errors;
if(!valid4){
break;
}
}
}
else {
return refuse(validate29, instancePath+"/tax_exemption/exempt_regions", "type", {type: "array"});
}
}
var valid3 = _errs45 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data17.expires_at !== undefined){
let data22 = data17.expires_at;
const _errs49 = errors;
if(errors === _errs49){
if(errors === _errs49){
if(typeof data22 === "string"){
if(!(formats2.test(data22))){
return refuse(validate29, instancePath+"/tax_exemption/expires_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate29, instancePath+"/tax_exemption/expires_at", "type", {type: "string"});
}
}
}
var valid3 = _errs49 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
else {
return refuse(validate29, instancePath+"/tax_exemption", "type", {type: "object"});
}
}
var valid0 = _errs38 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate29, instancePath, "type", {type: "object"});
}
}
validate29.errors = vErrors;
return errors === 0;
}




function validate32(data, instancePath=""){
/*# sourceURL="Address" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((((((data.name === undefined) && (missing0 = "name")) || ((data.line_one === undefined) && (missing0 = "line_one"))) || ((data.city === undefined) && (missing0 = "city"))) || ((data.state === undefined) && (missing0 = "state"))) || ((data.country === undefined) && (missing0 = "country"))) || ((data.postal_code === undefined) && (missing0 = "postal_code"))){
return refuse(validate32, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "line_one")) || (key0 === "line_two")) || (key0 === "city")) || (key0 === "state")) || (key0 === "country")) || (key0 === "postal_code")) || (key0 === "company"))){
return refuse(validate32, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.name !== undefined){
const _errs2 = errors;
if(typeof data.name !== "string"){
return refuse(validate32, instancePath+"/name", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_one !== undefined){
const _errs4 = errors;
if(typeof data.line_one !== "string"){
return refuse(validate32, instancePath+"/line_one", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_two !== undefined){
const _errs6 = errors;
if(typeof data.line_two !== "string"){
return refuse(validate32, instancePath+"/line_two", "type", {type: "string"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.city !== undefined){
const _errs8 = errors;
if(typeof data.city !== "string"){
return refuse(validate32, instancePath+"/city", "type", {type: "string"});
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.state !== undefined){
const _errs10 = errors;
if(typeof data.state !== "string"){
return refuse(validate32, instancePath+"/state", "type", {type: "string"});
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.country !== undefined){
const _errs12 = errors;
if(typeof data.country !== "string"){
return refuse(validate32, instancePath+"/country", "type", {type: "string"});
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.postal_code !== undefined){
const _errs14 = errors;
if(typeof data.postal_code !== "string"){
return refuse(validate32, instancePath+"/postal_code", "type", {type: "string"});
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.company !== undefined){
const _errs16 = errors;
if(typeof data.company !== "string"){
return refuse(validate32, instancePath+"/company", "type", {type: "string"});
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate32, instancePath, "type", {type: "object"});
}
}
validate32.errors = vErrors;
return errors === 0;
}


function validate31(data, instancePath=""){
/*# sourceURL="FulfillmentDetails" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "phone_number")) || (key0 === "email")) || (key0 === "address"))){
return refuse(validate31, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.name !== undefined){
const _errs2 = errors;
if(typeof data.name !== "string"){
return refuse(validate31, instancePath+"/name", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phone_number !== undefined){
const _errs4 = errors;
if(typeof data.phone_number !== "string"){
return refuse(validate31, instancePath+"/phone_number", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.email !== undefined){
let data2 = data.email;
const _errs6 = errors;
if(errors === _errs6){
if(errors === _errs6){
if(typeof data2 === "string"){
if(!(formats0.test(data2))){
return refuse(validate31, instancePath+"/email", "format", {format: "email"});
}
}
else {
return refuse(validate31, instancePath+"/email", "type", {type: "string"});
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
const _errs8 = errors;
if(!(validate32(data.address, instancePath+"/address"))){
errors = add(vErrors ??= [], validate32);
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate31, instancePath, "type", {type: "object"});
}
}
validate31.errors = vErrors;
return errors === 0;
}





function validate37(data, instancePath=""){
/*# sourceURL="ItemIds" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(typeof data[i0] !== "string"){
return refuse(validate37, instancePath+"/" + i0, "type", {type: "string"});
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
return refuse(validate37, instancePath, "type", {type: "array"});
}
}
validate37.errors = vErrors;
return errors === 0;
}



function validate39(data, instancePath=""){
/*# sourceURL="FulfillmentType" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
return refuse(validate39, instancePath, "type", {type: "string"});
}
if(!((((data === "shipping") || (data === "digital")) || (data === "pickup")) || (data === "local_delivery"))){
return refuse(validate39, instancePath, "enum", {allowedValues: ["shipping","digital","pickup","local_delivery"]});
}
validate39.errors = vErrors;
return errors === 0;
}


function validate36(data, instancePath=""){
/*# sourceURL="FulfillmentGroup" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((((data.id === undefined) && (missing0 = "id")) || ((data.item_ids === undefined) && (missing0 = "item_ids"))) || ((data.destination_type === undefined) && (missing0 = "destination_type"))){
return refuse(validate36, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "id") || (key0 === "item_ids")) || (key0 === "destination_type")) || (key0 === "fulfillment_details")) || (key0 === "location_id")) || (key0 === "instructions"))){
return refuse(validate36, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate36, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.item_ids !== undefined){
const _errs4 = errors;
if(!(validate37(data.item_ids, instancePath+"/item_ids"))){
errors = add(vErrors ??= [], validate37);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destination_type !== undefined){
const _errs5 = errors;
if(!(validate39(data.destination_type, instancePath+"/destination_type"))){
errors = add(vErrors ??= [], validate39);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs6 = errors;
if(!(validate31(data.fulfillment_details, instancePath+"/fulfillment_details"))){
errors = add(vErrors ??= [], validate31);
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.location_id !== undefined){
const _errs7 = errors;
if(typeof data.location_id !== "string"){
return refuse(validate36, instancePath+"/location_id", "type", {type: "string"});
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instructions !== undefined){
const _errs9 = errors;
if(typeof data.instructions !== "string"){
return refuse(validate36, instancePath+"/instructions", "type", {type: "string"});
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate36, instancePath, "type", {type: "object"});
}
}
validate36.errors = vErrors;
return errors === 0;
}


function validate35(data, instancePath=""){
/*# sourceURL="FulfillmentGroups" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 20){
return refuse(validate35, instancePath, "maxItems", {limit: 20});
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(!(validate36(data[i0], instancePath+"/" + i0))){
errors = add(vErrors ??= [], validate36);
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
return refuse(validate35, instancePath, "type", {type: "array"});
}
}
validate35.errors = vErrors;
return errors === 0;
}





const pattern0 = new RegExp("^\\d{4}-\\d{2}-\\d{2}$", "u");

function validate47(data, instancePath=""){
/*# sourceURL="VersionDate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(!pattern0.test(data)){
return refuse(validate47, instancePath, "pattern", {pattern: "^\\d{4}-\\d{2}-\\d{2}$"});
}
}
else {
return refuse(validate47, instancePath, "type", {type: "string"});
}
}
validate47.errors = vErrors;
return errors === 0;
}

const formats8 = /^[a-z][a-z0-9+.-]*:(?:\/\/?(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?(?:\[(?:(?:[0-9a-f]{1,4}:){6}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|::(?:[0-9a-f]{1,4}:){5}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,0}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){4}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,1}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){3}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,2}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){2}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,3}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){1}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,4}[0-9a-f]{1,4})?::(?:[0-9a-f]{1,4}:){0}(?:[0-9a-f]{1,4}:[0-9a-f]{1,4}|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))|(?:(?:[0-9a-f]{1,4}:){0,5}[0-9a-f]{1,4})?::[0-9a-f]{1,4}|(?:(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4})?::|v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]|(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*)(?::\d*)?(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*|\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)?|(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})+(?:\/(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})*)*)(?:\?(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?(?:#(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*)?$/i;

function validate46(data, instancePath=""){
/*# sourceURL="PaymentHandler" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((((((((((data.id === undefined) && (missing0 = "id")) || ((data.name === undefined) && (missing0 = "name"))) || ((data.version === undefined) && (missing0 = "version"))) || ((data.spec === undefined) && (missing0 = "spec"))) || ((data.requires_delegate_payment === undefined) && (missing0 = "requires_delegate_payment"))) || ((data.requires_pci_compliance === undefined) && (missing0 = "requires_pci_compliance"))) || ((data.psp === undefined) && (missing0 = "psp"))) || ((data.config_schema === undefined) && (missing0 = "config_schema"))) || ((data.instrument_schemas === undefined) && (missing0 = "instrument_schemas"))) || ((data.config === undefined) && (missing0 = "config"))){
return refuse(validate46, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names1.has(key0))){
return refuse(validate46, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate46, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
const _errs4 = errors;
if(typeof data.name !== "string"){
return refuse(validate46, instancePath+"/name", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_name !== undefined){
const _errs6 = errors;
if(typeof data.display_name !== "string"){
return refuse(validate46, instancePath+"/display_name", "type", {type: "string"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs8 = errors;
if(!(validate47(data.version, instancePath+"/version"))){
errors = add(vErrors ??= [], validate47);
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spec !== undefined){
let data4 = data.spec;
const _errs9 = errors;
if(errors === _errs9){
if(errors === _errs9){
if(typeof data4 === "string"){
if(!(formats8.test(data4))){
return refuse(validate46, instancePath+"/spec", "format", {format: "uri"});
}
}
else {
return refuse(validate46, instancePath+"/spec", "type", {type: "string"});
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requires_delegate_payment !== undefined){
const _errs11 = errors;
if(typeof data.requires_delegate_payment !== "boolean"){
return refuse(validate46, instancePath+"/requires_delegate_payment", "type", {type: "boolean"});
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requires_pci_compliance !== undefined){
const _errs13 = errors;
if(typeof data.requires_pci_compliance !== "boolean"){
return refuse(validate46, instancePath+"/requires_pci_compliance", "type", {type: "boolean"});
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.psp !== undefined){
const _errs15 = errors;
if(typeof data.psp !== "string"){
return refuse(validate46, instancePath+"/psp", "type", {type: "string"});
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config_schema !== undefined){
let data8 = data.config_schema;
const _errs17 = errors;
if(errors === _errs17){
if(errors === _errs17){
if(typeof data8 === "string"){
if(!(formats8.test(data8))){
return refuse(validate46, instancePath+"/config_schema", "format", {format: "uri"});
}
}
else {
return refuse(validate46, instancePath+"/config_schema", "type", {type: "string"});
}
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instrument_schemas !== undefined){
let data9 = data.instrument_schemas;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data9)){
var valid1 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data10 === "string"){
if(!(formats8.test(data10))){
return refuse(validate46, instancePath+"/instrument_schemas/" + i0, "format", {format: "uri"});
}
}
else {
return refuse(validate46, instancePath+"/instrument_schemas/" + i0, "type", {type: "string"});
}
}
}
var valid1 = _errs21 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate46, instancePath+"/instrument_schemas", "type", {type: "array"});
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data11 = data.config;
const _errs23 = errors;
if(errors === _errs23){
if(!(isObject(data11))){
return refuse(validate46, instancePath+"/config", "type", {type: "object"});
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_order !== undefined){
let data12 = data.display_order;
const _errs26 = errors;
if(!(Number.isInteger(data12))){
return refuse(validate46, instancePath+"/display_order", "type", {type: "integer"});
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate46, instancePath, "type", {type: "object"});
}
}
validate46.errors = vErrors;
return errors === 0;
}


function validate45(data, instancePath=""){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.handlers === undefined) && (missing0 = "handlers")){
return refuse(validate45, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "handlers")){
return refuse(validate45, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.handlers !== undefined){
let data0 = data.handlers;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate46(data0[i0], instancePath+"/handlers/" + i0))){
errors = add(vErrors ??= [], validate46);
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate45, instancePath+"/handlers", "type", {type: "array"});
}
}
}
}
}
}
else {
return refuse(validate45, instancePath, "type", {type: "object"});
}
}
validate45.errors = vErrors;
return errors === 0;
}


const pattern1 = new RegExp("^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$", "u");
const pattern2 = new RegExp("^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$", "u");

function validate51(data, instancePath=""){
/*# sourceURL="ExtensionDeclaration" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
return refuse(validate51, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "extends")) || (key0 === "schema")) || (key0 === "spec"))){
return refuse(validate51, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.name !== undefined){
let data0 = data.name;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(!pattern1.test(data0)){
return refuse(validate51, instancePath+"/name", "pattern", {pattern: "^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$"});
}
}
else {
return refuse(validate51, instancePath+"/name", "type", {type: "string"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extends !== undefined){
let data1 = data.extends;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(!pattern2.test(data2)){
return refuse(validate51, instancePath+"/extends/" + i0, "pattern", {pattern: "^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$"});
}
}
else {
return refuse(validate51, instancePath+"/extends/" + i0, "type", {type: "string"});
}
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
if(valid1){
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
return refuse(validate51, instancePath+"/extends", "uniqueItems", {i: i1, j: j0});
}
indices0[item0] = i1;
}
}
}
}
else {
return refuse(validate51, instancePath+"/extends", "type", {type: "array"});
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schema !== undefined){
let data3 = data.schema;
const _errs8 = errors;
if(errors === _errs8){
if(errors === _errs8){
if(typeof data3 === "string"){
if(!(formats8.test(data3))){
return refuse(validate51, instancePath+"/schema", "format", {format: "uri"});
}
}
else {
return refuse(validate51, instancePath+"/schema", "type", {type: "string"});
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spec !== undefined){
let data4 = data.spec;
const _errs10 = errors;
if(errors === _errs10){
if(errors === _errs10){
if(typeof data4 === "string"){
if(!(formats8.test(data4))){
return refuse(validate51, instancePath+"/spec", "format", {format: "uri"});
}
}
else {
return refuse(validate51, instancePath+"/spec", "type", {type: "string"});
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
return refuse(validate51, instancePath, "type", {type: "object"});
}
}
validate51.errors = vErrors;
return errors === 0;
}


function validate44(data, instancePath=""){
/*# sourceURL="CapabilitiesRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "payment") || (key0 === "interventions")) || (key0 === "extensions"))){
return refuse(validate44, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.payment !== undefined){
const _errs2 = errors;
if(!(validate45(data.payment, instancePath+"/payment"))){
errors = add(vErrors ??= [], validate45);
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.interventions !== undefined){
let data1 = data.interventions;
const _errs3 = errors;
if(errors === _errs3){
if(isObject(data1)){
const _errs5 = errors;
for(const key1 in data1){
if(!(((((((key1 === "supported") || (key1 === "required")) || (key1 === "enforcement")) || (key1 === "display_context")) || (key1 === "redirect_context")) || (key1 === "max_redirects")) || (key1 === "max_interaction_depth"))){
return refuse(validate44, instancePath+"/interventions", "additionalProperties", {additionalProperty: key1});
}
}
if(_errs5 === errors){
if(data1.supported !== undefined){
let data2 = data1.supported;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
var valid2 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs8 = errors;
if(typeof data2[i0] !== "string"){
return refuse(validate44, instancePath+"/interventions/supported/" + i0, "type", {type: "string"});
}
var valid2 = _errs8 === errors;
if(!valid2){
break;
}
}
}
else {
return refuse(validate44, instancePath+"/interventions/supported", "type", {type: "array"});
}
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.required !== undefined){
let data4 = data1.required;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid3 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs12 = errors;
if(typeof data4[i1] !== "string"){
return refuse(validate44, instancePath+"/interventions/required/" + i1, "type", {type: "string"});
}
var valid3 = _errs12 === errors;
if(!valid3){
break;
}
}
}
else {
return refuse(validate44, instancePath+"/interventions/required", "type", {type: "array"});
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.enforcement !== undefined){
const _errs14 = errors;
if(typeof data1.enforcement !== "string"){
return refuse(validate44, instancePath+"/interventions/enforcement", "type", {type: "string"});
}
var valid1 = _errs14 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.display_context !== undefined){
const _errs16 = errors;
if(typeof data1.display_context !== "string"){
return refuse(validate44, instancePath+"/interventions/display_context", "type", {type: "string"});
}
var valid1 = _errs16 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.redirect_context !== undefined){
const _errs18 = errors;
if(typeof data1.redirect_context !== "string"){
return refuse(validate44, instancePath+"/interventions/redirect_context", "type", {type: "string"});
}
var valid1 = _errs18 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.max_redirects !== undefined){
let data9 = data1.max_redirects;
const _errs20 = errors;
if(!(Number.isInteger(data9))){
return refuse(validate44, instancePath+"/interventions/max_redirects", "type", {type: "integer"});
}
if(errors === _errs20){
if(Number.isFinite(data9)){
if(data9 < 0 || isNaN(data9)){
return refuse(validate44, instancePath+"/interventions/max_redirects", "minimum", {limit: 0});
}
}
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.max_interaction_depth !== undefined){
let data10 = data1.max_interaction_depth;
const _errs22 = errors;
if(!(Number.isInteger(data10))){
return refuse(validate44, instancePath+"/interventions/max_interaction_depth", "type", {type: "integer"});
}
if(errors === _errs22){
if(Number.isFinite(data10)){
if(data10 < 1 || isNaN(data10)){
return refuse(validate44, instancePath+"/interventions/max_interaction_depth", "minimum", {limit: 1});
}
}
}
var valid1 = _errs22 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate44, instancePath+"/interventions", "type", {type: "object"});
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.extensions !== undefined){
let data11 = data.extensions;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data11)){
var valid4 = true;
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
const _errs26 = errors;
if((typeof data12 !== "string") && (!(isObject(data12)))){
return refuse(validate44, instancePath+"/extensions/" + i2, "type", {type: ["string","object"]});
}
const _errs28 = errors;
const _errs29 = errors;
let valid6 = true;
const _errs30 = errors;
if(typeof data12 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs30 === errors;
errors = _errs29;
if(vErrors !== null){
if(_errs29){
vErrors.length = _errs29;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs32 = errors;
if(typeof data12 !== "string"){
return refuse(validate44, instancePath+"/extensions/" + i2, "type", {type: "string"});
}
var _valid0 = _errs32 === errors;
valid6 = _valid0;
}
if(!valid6){
errors = (vErrors ??= []).push(fault(instancePath+"/extensions/" + i2, "if", {failingKeyword: "then"}));
validate44.errors = vErrors;
return false;
}
var valid5 = _errs28 === errors;
if(valid5){
const _errs34 = errors;
const _errs35 = errors;
let valid7 = true;
const _errs36 = errors;
if(!(isObject(data12))){
errors = (vErrors ??= []).push({});
}
var _valid1 = _errs36 === errors;
errors = _errs35;
if(vErrors !== null){
if(_errs35){
vErrors.length = _errs35;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs38 = errors;
if(!(validate51(data12, instancePath+"/extensions/" + i2))){
errors = add(vErrors ??= [], validate51);
}
var _valid1 = _errs38 === errors;
valid7 = _valid1;
}
if(!valid7){
errors = (vErrors ??= []).push(fault(instancePath+"/extensions/" + i2, "if", {failingKeyword: "then"}));
validate44.errors = vErrors;
return false;
}
var valid5 = _errs34 === errors;
}
var valid4 = _errs26 === errors;
if(!valid4){
break;
}
}
}
else {
return refuse(validate44, instancePath+"/extensions", "type", {type: "array"});
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate44, instancePath, "type", {type: "object"});
}
}
validate44.errors = vErrors;
return errors === 0;
}



function validate54(data, instancePath=""){
/*# sourceURL="DiscountsRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(key0 === "codes")){
return refuse(validate54, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.codes !== undefined){
let data0 = data.codes;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 10){
return refuse(validate54, instancePath+"/codes", "maxItems", {limit: 10});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(typeof data0[i0] !== "string"){
return refuse(validate54, instancePath+"/codes/" + i0, "type", {type: "string"});
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate54, instancePath+"/codes", "type", {type: "array"});
}
}
}
}
}
else {
return refuse(validate54, instancePath, "type", {type: "object"});
}
}
validate54.errors = vErrors;
return errors === 0;
}



function validate56(data, instancePath=""){
/*# sourceURL="Coupons" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 10){
return refuse(validate56, instancePath, "maxItems", {limit: 10});
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(typeof data[i0] !== "string"){
return refuse(validate56, instancePath+"/" + i0, "type", {type: "string"});
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
return refuse(validate56, instancePath, "type", {type: "array"});
}
}
validate56.errors = vErrors;
return errors === 0;
}




function validate59(data, instancePath=""){
/*# sourceURL="Notes" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
for(const key0 in data){
let data0 = data[key0];
const _errs2 = errors;
if(((typeof data0 !== "string") && (!(Number.isFinite(data0)))) && (typeof data0 !== "boolean")){
return refuse(validate59, instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: ["string","number","boolean"]});
}
var valid0 = _errs2 === errors;
if(!valid0){
break;
}
}
}
else {
return refuse(validate59, instancePath, "type", {type: "object"});
}
}
validate59.errors = vErrors;
return errors === 0;
}


function validate58(data, instancePath=""){
/*# sourceURL="AffiliateAttribution" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(isObject(data)){
let missing0;
if((data.publisher_id === undefined) && (missing0 = "publisher_id")){
errors = (vErrors ??= []).push({});
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs4 = errors;
if(isObject(data)){
let missing1;
if((data.token === undefined) && (missing1 = "token")){
return refuse(validate58, instancePath, "required", {missingProperty: missing1});
}
}
var _valid0 = _errs4 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "else"}));
validate58.errors = vErrors;
return false;
}
if(errors === 0){
if(isObject(data)){
let missing2;
if((data.provider === undefined) && (missing2 = "provider")){
return refuse(validate58, instancePath, "required", {missingProperty: missing2});
}
else {
if(data.provider !== undefined){
const _errs5 = errors;
if(typeof data.provider !== "string"){
return refuse(validate58, instancePath+"/provider", "type", {type: "string"});
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.token !== undefined){
const _errs7 = errors;
if(typeof data.token !== "string"){
return refuse(validate58, instancePath+"/token", "type", {type: "string"});
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.publisher_id !== undefined){
const _errs9 = errors;
if(typeof data.publisher_id !== "string"){
return refuse(validate58, instancePath+"/publisher_id", "type", {type: "string"});
}
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.campaign_id !== undefined){
const _errs11 = errors;
if(typeof data.campaign_id !== "string"){
return refuse(validate58, instancePath+"/campaign_id", "type", {type: "string"});
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.creative_id !== undefined){
const _errs13 = errors;
if(typeof data.creative_id !== "string"){
return refuse(validate58, instancePath+"/creative_id", "type", {type: "string"});
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.sub_id !== undefined){
const _errs15 = errors;
if(typeof data.sub_id !== "string"){
return refuse(validate58, instancePath+"/sub_id", "type", {type: "string"});
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.source !== undefined){
let data6 = data.source;
const _errs17 = errors;
if(errors === _errs17){
if(isObject(data6)){
let missing3;
if((data6.type === undefined) && (missing3 = "type")){
return refuse(validate58, instancePath+"/source", "required", {missingProperty: missing3});
}
else {
if(data6.type !== undefined){
const _errs19 = errors;
if(typeof data6.type !== "string"){
return refuse(validate58, instancePath+"/source/type", "type", {type: "string"});
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.url !== undefined){
let data8 = data6.url;
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data8 === "string"){
if(!(formats8.test(data8))){
return refuse(validate58, instancePath+"/source/url", "format", {format: "uri"});
}
}
else {
return refuse(validate58, instancePath+"/source/url", "type", {type: "string"});
}
}
}
var valid3 = _errs21 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
return refuse(validate58, instancePath+"/source", "type", {type: "object"});
}
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.issued_at !== undefined){
let data9 = data.issued_at;
const _errs23 = errors;
if(errors === _errs23){
if(errors === _errs23){
if(typeof data9 === "string"){
if(!(formats2.test(data9))){
return refuse(validate58, instancePath+"/issued_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate58, instancePath+"/issued_at", "type", {type: "string"});
}
}
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.expires_at !== undefined){
let data10 = data.expires_at;
const _errs25 = errors;
if(errors === _errs25){
if(errors === _errs25){
if(typeof data10 === "string"){
if(!(formats2.test(data10))){
return refuse(validate58, instancePath+"/expires_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate58, instancePath+"/expires_at", "type", {type: "string"});
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.metadata !== undefined){
const _errs27 = errors;
if(!(validate59(data.metadata, instancePath+"/metadata"))){
errors = add(vErrors ??= [], validate59);
}
var valid2 = _errs27 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.touchpoint !== undefined){
const _errs28 = errors;
if(typeof data.touchpoint !== "string"){
return refuse(validate58, instancePath+"/touchpoint", "type", {type: "string"});
}
var valid2 = _errs28 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate58, instancePath, "type", {type: "object"});
}
}
validate58.errors = vErrors;
return errors === 0;
}



function validate62(data, instancePath=""){
/*# sourceURL="Metadata" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(!(isObject(data))){
return refuse(validate62, instancePath, "type", {type: "object"});
}
}
validate62.errors = vErrors;
return errors === 0;
}


const func5 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };

function validate64(data, instancePath=""){
/*# sourceURL="OrderNotes" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(func5(data) > 5000){
return refuse(validate64, instancePath, "maxLength", {limit: 5000});
}
}
else {
return refuse(validate64, instancePath, "type", {type: "string"});
}
}
validate64.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="CheckoutSessionCreateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((((data.line_items === undefined) && (missing0 = "line_items")) || ((data.currency === undefined) && (missing0 = "currency"))) || ((data.capabilities === undefined) && (missing0 = "capabilities"))){
return refuse(validate21, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names2.has(key0))){
return refuse(validate21, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
return refuse(validate21, instancePath+"/line_items", "maxItems", {limit: 85});
}
else {
if(data0.length < 1){
return refuse(validate21, instancePath+"/line_items", "minItems", {limit: 1});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate22);
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
return refuse(validate21, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs5 = errors;
if(typeof data.currency !== "string"){
return refuse(validate21, instancePath+"/currency", "type", {type: "string"});
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs7 = errors;
if(!(validate29(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate29);
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs8 = errors;
if(!(validate31(data.fulfillment_details, instancePath+"/fulfillment_details"))){
errors = add(vErrors ??= [], validate31);
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_groups !== undefined){
const _errs9 = errors;
if(!(validate35(data.fulfillment_groups, instancePath+"/fulfillment_groups"))){
errors = add(vErrors ??= [], validate35);
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.capabilities !== undefined){
const _errs10 = errors;
if(!(validate44(data.capabilities, instancePath+"/capabilities"))){
errors = add(vErrors ??= [], validate44);
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate54(data.discounts, instancePath+"/discounts"))){
errors = add(vErrors ??= [], validate54);
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.coupons !== undefined){
const _errs12 = errors;
if(!(validate56(data.coupons, instancePath+"/coupons"))){
errors = add(vErrors ??= [], validate56);
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.affiliate_attribution !== undefined){
const _errs13 = errors;
if(!(validate58(data.affiliate_attribution, instancePath+"/affiliate_attribution"))){
errors = add(vErrors ??= [], validate58);
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.locale !== undefined){
const _errs14 = errors;
if(typeof data.locale !== "string"){
return refuse(validate21, instancePath+"/locale", "type", {type: "string"});
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.timezone !== undefined){
const _errs16 = errors;
if(typeof data.timezone !== "string"){
return refuse(validate21, instancePath+"/timezone", "type", {type: "string"});
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quote_id !== undefined){
const _errs18 = errors;
if(typeof data.quote_id !== "string"){
return refuse(validate21, instancePath+"/quote_id", "type", {type: "string"});
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metadata !== undefined){
const _errs20 = errors;
if(!(validate62(data.metadata, instancePath+"/metadata"))){
errors = add(vErrors ??= [], validate62);
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs21 = errors;
if(!(validate64(data.order_notes, instancePath+"/order_notes"))){
errors = add(vErrors ??= [], validate64);
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate21, instancePath, "type", {type: "object"});
}
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateCheckoutSessionUpdateRequest = validate66;



function validate71(data, instancePath=""){
/*# sourceURL="SelectedFulfillmentOption" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((((data.type === undefined) && (missing0 = "type")) || ((data.option_id === undefined) && (missing0 = "option_id"))) || ((data.item_ids === undefined) && (missing0 = "item_ids"))){
return refuse(validate71, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "option_id")) || (key0 === "item_ids"))){
return refuse(validate71, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.type !== undefined){
const _errs2 = errors;
if(!(validate39(data.type, instancePath+"/type"))){
errors = add(vErrors ??= [], validate39);
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.option_id !== undefined){
const _errs3 = errors;
if(typeof data.option_id !== "string"){
return refuse(validate71, instancePath+"/option_id", "type", {type: "string"});
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.item_ids !== undefined){
const _errs5 = errors;
if(!(validate37(data.item_ids, instancePath+"/item_ids"))){
errors = add(vErrors ??= [], validate37);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate71, instancePath, "type", {type: "object"});
}
}
validate71.errors = vErrors;
return errors === 0;
}


function validate66(data, instancePath=""){
/*# sourceURL="CheckoutSessionUpdateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "line_items") || (key0 === "buyer")) || (key0 === "fulfillment_details")) || (key0 === "fulfillment_groups")) || (key0 === "selected_fulfillment_options")) || (key0 === "discounts")) || (key0 === "coupons")) || (key0 === "order_notes"))){
return refuse(validate66, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
return refuse(validate66, instancePath+"/line_items", "maxItems", {limit: 85});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate22);
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
else {
return refuse(validate66, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate29);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_details !== undefined){
const _errs6 = errors;
if(!(validate31(data.fulfillment_details, instancePath+"/fulfillment_details"))){
errors = add(vErrors ??= [], validate31);
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillment_groups !== undefined){
const _errs7 = errors;
if(!(validate35(data.fulfillment_groups, instancePath+"/fulfillment_groups"))){
errors = add(vErrors ??= [], validate35);
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.selected_fulfillment_options !== undefined){
let data5 = data.selected_fulfillment_options;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data5)){
var valid2 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
const _errs10 = errors;
if(!(validate71(data5[i1], instancePath+"/selected_fulfillment_options/" + i1))){
errors = add(vErrors ??= [], validate71);
}
var valid2 = _errs10 === errors;
if(!valid2){
break;
}
}
}
else {
return refuse(validate66, instancePath+"/selected_fulfillment_options", "type", {type: "array"});
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.discounts !== undefined){
const _errs11 = errors;
if(!(validate54(data.discounts, instancePath+"/discounts"))){
errors = add(vErrors ??= [], validate54);
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.coupons !== undefined){
const _errs12 = errors;
if(!(validate56(data.coupons, instancePath+"/coupons"))){
errors = add(vErrors ??= [], validate56);
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs13 = errors;
if(!(validate64(data.order_notes, instancePath+"/order_notes"))){
errors = add(vErrors ??= [], validate64);
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate66, instancePath, "type", {type: "object"});
}
}
validate66.errors = vErrors;
return errors === 0;
}

export const validateCheckoutSessionCompleteRequest = validate78;



function validate79(data, instancePath=""){
/*# sourceURL="PaymentData" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(isObject(data)){
let missing0;
if((data.purchase_order_number === undefined) && (missing0 = "purchase_order_number")){
errors = (vErrors ??= []).push({});
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs4 = errors;
if(isObject(data)){
let missing1;
if(((data.handler_id === undefined) && (missing1 = "handler_id")) || ((data.instrument === undefined) && (missing1 = "instrument"))){
return refuse(validate79, instancePath, "required", {missingProperty: missing1});
}
}
var _valid0 = _errs4 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "else"}));
validate79.errors = vErrors;
return false;
}
if(errors === 0){
if(isObject(data)){
const _errs5 = errors;
for(const key0 in data){
if(!(((((((key0 === "handler_id") || (key0 === "instrument")) || (key0 === "billing_address")) || (key0 === "purchase_order_number")) || (key0 === "payment_terms")) || (key0 === "due_date")) || (key0 === "approval_required"))){
return refuse(validate79, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs5 === errors){
if(data.handler_id !== undefined){
const _errs6 = errors;
if(typeof data.handler_id !== "string"){
return refuse(validate79, instancePath+"/handler_id", "type", {type: "string"});
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.instrument !== undefined){
let data1 = data.instrument;
const _errs8 = errors;
if(errors === _errs8){
if(isObject(data1)){
let missing2;
if(((data1.type === undefined) && (missing2 = "type")) || ((data1.credential === undefined) && (missing2 = "credential"))){
return refuse(validate79, instancePath+"/instrument", "required", {missingProperty: missing2});
}
else {
if(data1.type !== undefined){
const _errs10 = errors;
if(typeof data1.type !== "string"){
return refuse(validate79, instancePath+"/instrument/type", "type", {type: "string"});
}
var valid3 = _errs10 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data1.credential !== undefined){
let data3 = data1.credential;
const _errs12 = errors;
if(errors === _errs12){
if(isObject(data3)){
let missing3;
if(((data3.type === undefined) && (missing3 = "type")) || ((data3.token === undefined) && (missing3 = "token"))){
return refuse(validate79, instancePath+"/instrument/credential", "required", {missingProperty: missing3});
}
else {
if(data3.type !== undefined){
const _errs14 = errors;
if(typeof data3.type !== "string"){
return refuse(validate79, instancePath+"/instrument/credential/type", "type", {type: "string"});
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data3.token !== undefined){
const _errs16 = errors;
if(typeof data3.token !== "string"){
return refuse(validate79, instancePath+"/instrument/credential/token", "type", {type: "string"});
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
}
}
}
else {
return refuse(validate79, instancePath+"/instrument/credential", "type", {type: "object"});
}
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
return refuse(validate79, instancePath+"/instrument", "type", {type: "object"});
}
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.billing_address !== undefined){
const _errs18 = errors;
if(!(validate32(data.billing_address, instancePath+"/billing_address"))){
errors = add(vErrors ??= [], validate32);
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.purchase_order_number !== undefined){
const _errs19 = errors;
if(typeof data.purchase_order_number !== "string"){
return refuse(validate79, instancePath+"/purchase_order_number", "type", {type: "string"});
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.payment_terms !== undefined){
let data8 = data.payment_terms;
const _errs21 = errors;
if(typeof data8 !== "string"){
return refuse(validate79, instancePath+"/payment_terms", "type", {type: "string"});
}
if(!(((((data8 === "immediate") || (data8 === "net_15")) || (data8 === "net_30")) || (data8 === "net_60")) || (data8 === "net_90"))){
return refuse(validate79, instancePath+"/payment_terms", "enum", {allowedValues: ["immediate","net_15","net_30","net_60","net_90"]});
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.due_date !== undefined){
let data9 = data.due_date;
const _errs23 = errors;
if(errors === _errs23){
if(errors === _errs23){
if(typeof data9 === "string"){
if(!(formats2.test(data9))){
return refuse(validate79, instancePath+"/due_date", "format", {format: "date-time"});
}
}
else {
return refuse(validate79, instancePath+"/due_date", "type", {type: "string"});
}
}
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.approval_required !== undefined){
const _errs25 = errors;
if(typeof data.approval_required !== "boolean"){
return refuse(validate79, instancePath+"/approval_required", "type", {type: "boolean"});
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate79, instancePath, "type", {type: "object"});
}
}
validate79.errors = vErrors;
return errors === 0;
}



function validate83(data, instancePath=""){
/*# sourceURL="AuthenticationResult" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(isObject(data)){
if(data.outcome !== undefined){
let data0 = data.outcome;
if(!(((data0 === "authenticated") || (data0 === "informational")) || (data0 === "attempt_acknowledged"))){
errors = (vErrors ??= []).push({});
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(isObject(data)){
let missing0;
if((data.outcome_details === undefined) && (missing0 = "outcome_details")){
return refuse(validate83, instancePath, "required", {missingProperty: missing0});
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
validate83.errors = vErrors;
return false;
}
if(errors === 0){
if(isObject(data)){
let missing1;
if((data.outcome === undefined) && (missing1 = "outcome")){
return refuse(validate83, instancePath, "required", {missingProperty: missing1});
}
else {
const _errs6 = errors;
for(const key0 in data){
if(!((key0 === "outcome") || (key0 === "outcome_details"))){
return refuse(validate83, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs6 === errors){
if(data.outcome !== undefined){
let data1 = data.outcome;
const _errs7 = errors;
if(typeof data1 !== "string"){
return refuse(validate83, instancePath+"/outcome", "type", {type: "string"});
}
if(!((((((((((data1 === "abandoned") || (data1 === "attempt_acknowledged")) || (data1 === "authenticated")) || (data1 === "canceled")) || (data1 === "denied")) || (data1 === "informational")) || (data1 === "internal_error")) || (data1 === "not_supported")) || (data1 === "processing_error")) || (data1 === "rejected"))){
return refuse(validate83, instancePath+"/outcome", "enum", {allowedValues: ["abandoned","attempt_acknowledged","authenticated","canceled","denied","informational","internal_error","not_supported","processing_error","rejected"]});
}
var valid3 = _errs7 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data.outcome_details !== undefined){
let data2 = data.outcome_details;
const _errs9 = errors;
if(errors === _errs9){
if(isObject(data2)){
let missing2;
if(((((data2.three_ds_cryptogram === undefined) && (missing2 = "three_ds_cryptogram")) || ((data2.electronic_commerce_indicator === undefined) && (missing2 = "electronic_commerce_indicator"))) || ((data2.transaction_id === undefined) && (missing2 = "transaction_id"))) || ((data2.version === undefined) && (missing2 = "version"))){
return refuse(validate83, instancePath+"/outcome_details", "required", {missingProperty: missing2});
}
else {
const _errs11 = errors;
for(const key1 in data2){
if(!((((key1 === "three_ds_cryptogram") || (key1 === "electronic_commerce_indicator")) || (key1 === "transaction_id")) || (key1 === "version"))){
return refuse(validate83, instancePath+"/outcome_details", "additionalProperties", {additionalProperty: key1});
}
}
if(_errs11 === errors){
if(data2.three_ds_cryptogram !== undefined){
const _errs12 = errors;
if(typeof data2.three_ds_cryptogram !== "string"){
return refuse(validate83, instancePath+"/outcome_details/three_ds_cryptogram", "type", {type: "string"});
}
var valid4 = _errs12 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.electronic_commerce_indicator !== undefined){
let data4 = data2.electronic_commerce_indicator;
const _errs14 = errors;
if(typeof data4 !== "string"){
return refuse(validate83, instancePath+"/outcome_details/electronic_commerce_indicator", "type", {type: "string"});
}
if(!(((((data4 === "01") || (data4 === "02")) || (data4 === "05")) || (data4 === "06")) || (data4 === "07"))){
return refuse(validate83, instancePath+"/outcome_details/electronic_commerce_indicator", "enum", {allowedValues: ["01","02","05","06","07"]});
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.transaction_id !== undefined){
const _errs16 = errors;
if(typeof data2.transaction_id !== "string"){
return refuse(validate83, instancePath+"/outcome_details/transaction_id", "type", {type: "string"});
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data2.version !== undefined){
const _errs18 = errors;
if(typeof data2.version !== "string"){
return refuse(validate83, instancePath+"/outcome_details/version", "type", {type: "string"});
}
var valid4 = _errs18 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
return refuse(validate83, instancePath+"/outcome_details", "type", {type: "object"});
}
}
var valid3 = _errs9 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
return refuse(validate83, instancePath, "type", {type: "object"});
}
}
validate83.errors = vErrors;
return errors === 0;
}



function validate86(data, instancePath=""){
/*# sourceURL="RiskSignals" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "ip_address") || (key0 === "user_agent")) || (key0 === "accept_language")) || (key0 === "session_id")) || (key0 === "device_fingerprint"))){
return refuse(validate86, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.ip_address !== undefined){
const _errs2 = errors;
if(typeof data.ip_address !== "string"){
return refuse(validate86, instancePath+"/ip_address", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.user_agent !== undefined){
const _errs4 = errors;
if(typeof data.user_agent !== "string"){
return refuse(validate86, instancePath+"/user_agent", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.accept_language !== undefined){
const _errs6 = errors;
if(typeof data.accept_language !== "string"){
return refuse(validate86, instancePath+"/accept_language", "type", {type: "string"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.session_id !== undefined){
const _errs8 = errors;
if(typeof data.session_id !== "string"){
return refuse(validate86, instancePath+"/session_id", "type", {type: "string"});
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.device_fingerprint !== undefined){
const _errs10 = errors;
if(typeof data.device_fingerprint !== "string"){
return refuse(validate86, instancePath+"/device_fingerprint", "type", {type: "string"});
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
return refuse(validate86, instancePath, "type", {type: "object"});
}
}
validate86.errors = vErrors;
return errors === 0;
}



function validate88(data, instancePath=""){
/*# sourceURL="MarketingConsent" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((data.channel === undefined) && (missing0 = "channel")) || ((data.opted_in === undefined) && (missing0 = "opted_in"))){
return refuse(validate88, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "channel") || (key0 === "opted_in"))){
return refuse(validate88, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.channel !== undefined){
const _errs2 = errors;
if(typeof data.channel !== "string"){
return refuse(validate88, instancePath+"/channel", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.opted_in !== undefined){
const _errs4 = errors;
if(typeof data.opted_in !== "boolean"){
return refuse(validate88, instancePath+"/opted_in", "type", {type: "boolean"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate88, instancePath, "type", {type: "object"});
}
}
validate88.errors = vErrors;
return errors === 0;
}


function validate78(data, instancePath=""){
/*# sourceURL="CheckoutSessionCompleteRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.payment_data === undefined) && (missing0 = "payment_data")){
return refuse(validate78, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "payment_data") || (key0 === "buyer")) || (key0 === "authentication_result")) || (key0 === "affiliate_attribution")) || (key0 === "risk_signals")) || (key0 === "marketing_consents")) || (key0 === "order_notes"))){
return refuse(validate78, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.payment_data !== undefined){
const _errs2 = errors;
if(!(validate79(data.payment_data, instancePath+"/payment_data"))){
errors = add(vErrors ??= [], validate79);
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs3 = errors;
if(!(validate29(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate29);
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.authentication_result !== undefined){
const _errs4 = errors;
if(!(validate83(data.authentication_result, instancePath+"/authentication_result"))){
errors = add(vErrors ??= [], validate83);
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.affiliate_attribution !== undefined){
const _errs5 = errors;
if(!(validate58(data.affiliate_attribution, instancePath+"/affiliate_attribution"))){
errors = add(vErrors ??= [], validate58);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.risk_signals !== undefined){
const _errs6 = errors;
if(!(validate86(data.risk_signals, instancePath+"/risk_signals"))){
errors = add(vErrors ??= [], validate86);
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.marketing_consents !== undefined){
let data5 = data.marketing_consents;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data5)){
var valid1 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
const _errs9 = errors;
if(!(validate88(data5[i0], instancePath+"/marketing_consents/" + i0))){
errors = add(vErrors ??= [], validate88);
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate78, instancePath+"/marketing_consents", "type", {type: "array"});
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order_notes !== undefined){
const _errs10 = errors;
if(!(validate64(data.order_notes, instancePath+"/order_notes"))){
errors = add(vErrors ??= [], validate64);
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate78, instancePath, "type", {type: "object"});
}
}
validate78.errors = vErrors;
return errors === 0;
}

export const validateCancelSessionRequest = validate91;



function validate92(data, instancePath=""){
/*# sourceURL="IntentTrace" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.reason_code === undefined) && (missing0 = "reason_code")){
return refuse(validate92, instancePath, "required", {missingProperty: missing0});
}
else {
if(data.reason_code !== undefined){
const _errs1 = errors;
if(typeof data.reason_code !== "string"){
return refuse(validate92, instancePath+"/reason_code", "type", {type: "string"});
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trace_summary !== undefined){
let data1 = data.trace_summary;
const _errs3 = errors;
if(errors === _errs3){
if(typeof data1 === "string"){
if(func5(data1) > 500){
return refuse(validate92, instancePath+"/trace_summary", "maxLength", {limit: 500});
}
}
else {
return refuse(validate92, instancePath+"/trace_summary", "type", {type: "string"});
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metadata !== undefined){
const _errs5 = errors;
if(!(validate59(data.metadata, instancePath+"/metadata"))){
errors = add(vErrors ??= [], validate59);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate92, instancePath, "type", {type: "object"});
}
}
validate92.errors = vErrors;
return errors === 0;
}


function validate91(data, instancePath=""){
/*# sourceURL="CancelSessionRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
if(data.intent_trace !== undefined){
if(!(validate92(data.intent_trace, instancePath+"/intent_trace"))){
errors = add(vErrors ??= [], validate92);
}
}
}
else {
return refuse(validate91, instancePath, "type", {type: "object"});
}
}
validate91.errors = vErrors;
return errors === 0;
}

export const validateCartCreateRequest = validate95;


function validate95(data, instancePath=""){
/*# sourceURL="CartCreateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
return refuse(validate95, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "line_items") || (key0 === "buyer")) || (key0 === "locale"))){
return refuse(validate95, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
return refuse(validate95, instancePath+"/line_items", "maxItems", {limit: 85});
}
else {
if(data0.length < 1){
return refuse(validate95, instancePath+"/line_items", "minItems", {limit: 1});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate22);
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
return refuse(validate95, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate29);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.locale !== undefined){
const _errs6 = errors;
if(typeof data.locale !== "string"){
return refuse(validate95, instancePath+"/locale", "type", {type: "string"});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
return refuse(validate95, instancePath, "type", {type: "object"});
}
}
validate95.errors = vErrors;
return errors === 0;
}

export const validateCartUpdateRequest = validate98;


function validate98(data, instancePath=""){
/*# sourceURL="CartUpdateRequest" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.line_items === undefined) && (missing0 = "line_items")){
return refuse(validate98, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "line_items") || (key0 === "buyer"))){
return refuse(validate98, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.line_items !== undefined){
let data0 = data.line_items;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 85){
return refuse(validate98, instancePath+"/line_items", "maxItems", {limit: 85});
}
else {
if(data0.length < 1){
return refuse(validate98, instancePath+"/line_items", "minItems", {limit: 1});
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate22(data0[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate22);
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
return refuse(validate98, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.buyer !== undefined){
const _errs5 = errors;
if(!(validate29(data.buyer, instancePath+"/buyer"))){
errors = add(vErrors ??= [], validate29);
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate98, instancePath, "type", {type: "object"});
}
}
validate98.errors = vErrors;
return errors === 0;
}

export const validateOrderUpdate = validate101;




function validate103(data, instancePath=""){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
return refuse(validate103, instancePath, "type", {type: "integer"});
}
if(errors === 0){
if(Number.isFinite(data)){
if(data < 0 || isNaN(data)){
return refuse(validate103, instancePath, "minimum", {limit: 0});
}
}
}
validate103.errors = vErrors;
return errors === 0;
}




function validate107(data, instancePath=""){
/*# sourceURL="Total" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((((data.type === undefined) && (missing0 = "type")) || ((data.display_text === undefined) && (missing0 = "display_text"))) || ((data.amount === undefined) && (missing0 = "amount"))){
return refuse(validate107, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "display_text")) || (key0 === "amount")) || (key0 === "presentment_amount")) || (key0 === "description")) || (key0 === "breakdown"))){
return refuse(validate107, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.type !== undefined){
let data0 = data.type;
const _errs2 = errors;
if(typeof data0 !== "string"){
return refuse(validate107, instancePath+"/type", "type", {type: "string"});
}
if(!((((((((((((data0 === "items_base_amount") || (data0 === "items_discount")) || (data0 === "subtotal")) || (data0 === "discount")) || (data0 === "fulfillment")) || (data0 === "tax")) || (data0 === "fee")) || (data0 === "gift_wrap")) || (data0 === "tip")) || (data0 === "store_credit")) || (data0 === "total")) || (data0 === "amount_refunded"))){
return refuse(validate107, instancePath+"/type", "enum", {allowedValues: ["items_base_amount","items_discount","subtotal","discount","fulfillment","tax","fee","gift_wrap","tip","store_credit","total","amount_refunded"]});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.display_text !== undefined){
const _errs4 = errors;
if(typeof data.display_text !== "string"){
return refuse(validate107, instancePath+"/display_text", "type", {type: "string"});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.amount !== undefined){
const _errs6 = errors;
if(!(validate103(data.amount, instancePath+"/amount"))){
errors = add(vErrors ??= [], validate103);
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.presentment_amount !== undefined){
let data3 = data.presentment_amount;
const _errs7 = errors;
if(!(Number.isInteger(data3))){
return refuse(validate107, instancePath+"/presentment_amount", "type", {type: "integer"});
}
if(errors === _errs7){
if(Number.isFinite(data3)){
if(data3 < 0 || isNaN(data3)){
return refuse(validate107, instancePath+"/presentment_amount", "minimum", {limit: 0});
}
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs9 = errors;
if(typeof data.description !== "string"){
return refuse(validate107, instancePath+"/description", "type", {type: "string"});
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.breakdown !== undefined){
let data5 = data.breakdown;
const _errs11 = errors;
if(errors === _errs11){
if(Array.isArray(data5)){
var valid1 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
const _errs13 = errors;
if(errors === _errs13){
if(isObject(data6)){
let missing1;
if((((data6.jurisdiction === undefined) && (missing1 = "jurisdiction")) || ((data6.rate === undefined) && (missing1 = "rate"))) || ((data6.amount === undefined) && (missing1 = "amount"))){
return refuse(validate107, instancePath+"/breakdown/" + i0, "required", {missingProperty: missing1});
}
else {
const _errs15 = errors;
for(const key1 in data6){
if(!(((key1 === "jurisdiction") || (key1 === "rate")) || (key1 === "amount"))){
return refuse(validate107, instancePath+"/breakdown/" + i0, "additionalProperties", {additionalProperty: key1});
}
}
if(_errs15 === errors){
if(data6.jurisdiction !== undefined){
const _errs16 = errors;
if(typeof data6.jurisdiction !== "string"){
return refuse(validate107, instancePath+"/breakdown/" + i0+"/jurisdiction", "type", {type: "string"});
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.rate !== undefined){
let data8 = data6.rate;
const _errs18 = errors;
if(!(Number.isFinite(data8))){
return refuse(validate107, instancePath+"/breakdown/" + i0+"/rate", "type", {type: "number"});
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.amount !== undefined){
const _errs20 = errors;
if(!(validate103(data6.amount, instancePath+"/breakdown/" + i0+"/amount"))){
errors = add(vErrors ??= [], validate103);
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
return refuse(validate107, instancePath+"/breakdown/" + i0, "type", {type: "object"});
}
}
var valid1 = _errs13 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate107, instancePath+"/breakdown", "type", {type: "array"});
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
return refuse(validate107, instancePath, "type", {type: "object"});
}
}
validate107.errors = vErrors;
return errors === 0;
}


function validate106(data, instancePath=""){
/*# sourceURL="Totals" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(Array.isArray(data)){
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(!(validate107(data[i0], instancePath+"/" + i0))){
errors = add(vErrors ??= [], validate107);
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
else {
return refuse(validate106, instancePath, "type", {type: "array"});
}
}
validate106.errors = vErrors;
return errors === 0;
}


function validate102(data, instancePath=""){
/*# sourceURL="OrderLineUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
return refuse(validate102, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names3.has(key0))){
return refuse(validate102, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate102, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quantity !== undefined){
let data1 = data.quantity;
const _errs4 = errors;
if(errors === _errs4){
if(isObject(data1)){
const _errs6 = errors;
for(const key1 in data1){
if(!(((key1 === "ordered") || (key1 === "current")) || (key1 === "fulfilled"))){
return refuse(validate102, instancePath+"/quantity", "additionalProperties", {additionalProperty: key1});
}
}
if(_errs6 === errors){
if(data1.ordered !== undefined){
let data2 = data1.ordered;
const _errs7 = errors;
if(!(Number.isInteger(data2))){
return refuse(validate102, instancePath+"/quantity/ordered", "type", {type: "integer"});
}
if(errors === _errs7){
if(Number.isFinite(data2)){
if(data2 < 1 || isNaN(data2)){
return refuse(validate102, instancePath+"/quantity/ordered", "minimum", {limit: 1});
}
}
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.current !== undefined){
let data3 = data1.current;
const _errs9 = errors;
if(!(Number.isInteger(data3))){
return refuse(validate102, instancePath+"/quantity/current", "type", {type: "integer"});
}
if(errors === _errs9){
if(Number.isFinite(data3)){
if(data3 < 0 || isNaN(data3)){
return refuse(validate102, instancePath+"/quantity/current", "minimum", {limit: 0});
}
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.fulfilled !== undefined){
let data4 = data1.fulfilled;
const _errs11 = errors;
if(!(Number.isInteger(data4))){
return refuse(validate102, instancePath+"/quantity/fulfilled", "type", {type: "integer"});
}
if(errors === _errs11){
if(Number.isFinite(data4)){
if(data4 < 0 || isNaN(data4)){
return refuse(validate102, instancePath+"/quantity/fulfilled", "minimum", {limit: 0});
}
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
return refuse(validate102, instancePath+"/quantity", "type", {type: "object"});
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.title !== undefined){
const _errs13 = errors;
if(typeof data.title !== "string"){
return refuse(validate102, instancePath+"/title", "type", {type: "string"});
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.product_id !== undefined){
const _errs15 = errors;
if(typeof data.product_id !== "string"){
return refuse(validate102, instancePath+"/product_id", "type", {type: "string"});
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs17 = errors;
if(typeof data.description !== "string"){
return refuse(validate102, instancePath+"/description", "type", {type: "string"});
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.image_url !== undefined){
const _errs19 = errors;
if(typeof data.image_url !== "string"){
return refuse(validate102, instancePath+"/image_url", "type", {type: "string"});
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.url !== undefined){
const _errs21 = errors;
if(typeof data.url !== "string"){
return refuse(validate102, instancePath+"/url", "type", {type: "string"});
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit_price !== undefined){
const _errs23 = errors;
if(!(validate103(data.unit_price, instancePath+"/unit_price"))){
errors = add(vErrors ??= [], validate103);
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.subtotal !== undefined){
const _errs24 = errors;
if(!(validate103(data.subtotal, instancePath+"/subtotal"))){
errors = add(vErrors ??= [], validate103);
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.totals !== undefined){
const _errs25 = errors;
if(!(validate106(data.totals, instancePath+"/totals"))){
errors = add(vErrors ??= [], validate106);
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
const _errs26 = errors;
if(typeof data.status !== "string"){
return refuse(validate102, instancePath+"/status", "type", {type: "string"});
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate102, instancePath, "type", {type: "object"});
}
}
validate102.errors = vErrors;
return errors === 0;
}




function validate114(data, instancePath=""){
/*# sourceURL="LineItemReference" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((data.id === undefined) && (missing0 = "id")) || ((data.quantity === undefined) && (missing0 = "quantity"))){
return refuse(validate114, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "id") || (key0 === "quantity"))){
return refuse(validate114, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate114, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.quantity !== undefined){
let data1 = data.quantity;
const _errs4 = errors;
if(!(Number.isInteger(data1))){
return refuse(validate114, instancePath+"/quantity", "type", {type: "integer"});
}
if(errors === _errs4){
if(Number.isFinite(data1)){
if(data1 < 1 || isNaN(data1)){
return refuse(validate114, instancePath+"/quantity", "minimum", {limit: 1});
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate114, instancePath, "type", {type: "object"});
}
}
validate114.errors = vErrors;
return errors === 0;
}



function validate117(data, instancePath=""){
/*# sourceURL="EstimatedDelivery" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((data.earliest === undefined) && (missing0 = "earliest")) || ((data.latest === undefined) && (missing0 = "latest"))){
return refuse(validate117, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "earliest") || (key0 === "latest"))){
return refuse(validate117, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.earliest !== undefined){
let data0 = data.earliest;
const _errs2 = errors;
if(errors === _errs2){
if(errors === _errs2){
if(typeof data0 === "string"){
if(!(formats2.test(data0))){
return refuse(validate117, instancePath+"/earliest", "format", {format: "date-time"});
}
}
else {
return refuse(validate117, instancePath+"/earliest", "type", {type: "string"});
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.latest !== undefined){
let data1 = data.latest;
const _errs4 = errors;
if(errors === _errs4){
if(errors === _errs4){
if(typeof data1 === "string"){
if(!(formats2.test(data1))){
return refuse(validate117, instancePath+"/latest", "format", {format: "date-time"});
}
}
else {
return refuse(validate117, instancePath+"/latest", "type", {type: "string"});
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate117, instancePath, "type", {type: "object"});
}
}
validate117.errors = vErrors;
return errors === 0;
}


function validate113(data, instancePath=""){
/*# sourceURL="FulfillmentUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
return refuse(validate113, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names4.has(key0))){
return refuse(validate113, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate113, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data1 = data.type;
const _errs4 = errors;
if(typeof data1 !== "string"){
return refuse(validate113, instancePath+"/type", "type", {type: "string"});
}
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
return refuse(validate113, instancePath+"/type", "enum", {allowedValues: ["shipping","pickup","digital"]});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data2 = data.status;
const _errs6 = errors;
if(typeof data2 !== "string"){
return refuse(validate113, instancePath+"/status", "type", {type: "string"});
}
if(!(((((((((data2 === "pending") || (data2 === "processing")) || (data2 === "ready_for_pickup")) || (data2 === "shipped")) || (data2 === "in_transit")) || (data2 === "out_for_delivery")) || (data2 === "failed")) || (data2 === "canceled")) || (data2 === "delivered"))){
return refuse(validate113, instancePath+"/status", "enum", {allowedValues: ["pending","processing","ready_for_pickup","shipped","in_transit","out_for_delivery","failed","canceled","delivered"]});
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data3 = data.line_items;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
const _errs10 = errors;
if(!(validate114(data3[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate114);
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate113, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.carrier !== undefined){
const _errs11 = errors;
if(typeof data.carrier !== "string"){
return refuse(validate113, instancePath+"/carrier", "type", {type: "string"});
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tracking_number !== undefined){
const _errs13 = errors;
if(typeof data.tracking_number !== "string"){
return refuse(validate113, instancePath+"/tracking_number", "type", {type: "string"});
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tracking_url !== undefined){
let data7 = data.tracking_url;
const _errs15 = errors;
if(errors === _errs15){
if(errors === _errs15){
if(typeof data7 === "string"){
if(!(formats8.test(data7))){
return refuse(validate113, instancePath+"/tracking_url", "format", {format: "uri"});
}
}
else {
return refuse(validate113, instancePath+"/tracking_url", "type", {type: "string"});
}
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.destination !== undefined){
const _errs17 = errors;
if(!(validate32(data.destination, instancePath+"/destination"))){
errors = add(vErrors ??= [], validate32);
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimated_delivery !== undefined){
const _errs18 = errors;
if(!(validate117(data.estimated_delivery, instancePath+"/estimated_delivery"))){
errors = add(vErrors ??= [], validate117);
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digital_delivery !== undefined){
let data10 = data.digital_delivery;
const _errs19 = errors;
if(errors === _errs19){
if(isObject(data10)){
if(data10.access_url !== undefined){
let data11 = data10.access_url;
const _errs21 = errors;
if(errors === _errs21){
if(errors === _errs21){
if(typeof data11 === "string"){
if(!(formats8.test(data11))){
return refuse(validate113, instancePath+"/digital_delivery/access_url", "format", {format: "uri"});
}
}
else {
return refuse(validate113, instancePath+"/digital_delivery/access_url", "type", {type: "string"});
}
}
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data10.license_key !== undefined){
const _errs23 = errors;
if(typeof data10.license_key !== "string"){
return refuse(validate113, instancePath+"/digital_delivery/license_key", "type", {type: "string"});
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data10.expires_at !== undefined){
let data13 = data10.expires_at;
const _errs25 = errors;
if(errors === _errs25){
if(errors === _errs25){
if(typeof data13 === "string"){
if(!(formats2.test(data13))){
return refuse(validate113, instancePath+"/digital_delivery/expires_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate113, instancePath+"/digital_delivery/expires_at", "type", {type: "string"});
}
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
return refuse(validate113, instancePath+"/digital_delivery", "type", {type: "object"});
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs27 = errors;
if(typeof data.description !== "string"){
return refuse(validate113, instancePath+"/description", "type", {type: "string"});
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.events !== undefined){
let data15 = data.events;
const _errs29 = errors;
if(errors === _errs29){
if(Array.isArray(data15)){
var valid3 = true;
const len1 = data15.length;
for(let i1=0; i1<len1; i1++){
let data16 = data15[i1];
const _errs31 = errors;
if(errors === _errs31){
if(isObject(data16)){
let missing1;
if((((data16.id === undefined) && (missing1 = "id")) || ((data16.type === undefined) && (missing1 = "type"))) || ((data16.occurred_at === undefined) && (missing1 = "occurred_at"))){
return refuse(validate113, instancePath+"/events/" + i1, "required", {missingProperty: missing1});
}
else {
const _errs33 = errors;
for(const key1 in data16){
if(!(((((key1 === "id") || (key1 === "type")) || (key1 === "occurred_at")) || (key1 === "description")) || (key1 === "location"))){
return refuse(validate113, instancePath+"/events/" + i1, "additionalProperties", {additionalProperty: key1});
}
}
if(_errs33 === errors){
if(data16.id !== undefined){
const _errs34 = errors;
if(typeof data16.id !== "string"){
return refuse(validate113, instancePath+"/events/" + i1+"/id", "type", {type: "string"});
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.type !== undefined){
const _errs36 = errors;
if(typeof data16.type !== "string"){
return refuse(validate113, instancePath+"/events/" + i1+"/type", "type", {type: "string"});
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.occurred_at !== undefined){
let data19 = data16.occurred_at;
const _errs38 = errors;
if(errors === _errs38){
if(errors === _errs38){
if(typeof data19 === "string"){
if(!(formats2.test(data19))){
return refuse(validate113, instancePath+"/events/" + i1+"/occurred_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate113, instancePath+"/events/" + i1+"/occurred_at", "type", {type: "string"});
}
}
}
var valid4 = _errs38 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.description !== undefined){
const _errs40 = errors;
if(typeof data16.description !== "string"){
return refuse(validate113, instancePath+"/events/" + i1+"/description", "type", {type: "string"});
}
var valid4 = _errs40 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data16.location !== undefined){
const _errs42 = errors;
if(typeof data16.location !== "string"){
return refuse(validate113, instancePath+"/events/" + i1+"/location", "type", {type: "string"});
}
var valid4 = _errs42 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
}
else {
return refuse(validate113, instancePath+"/events/" + i1, "type", {type: "object"});
}
}
var valid3 = _errs31 === errors;
if(!valid3){
break;
}
}
}
else {
return refuse(validate113, instancePath+"/events", "type", {type: "array"});
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate113, instancePath, "type", {type: "object"});
}
}
validate113.errors = vErrors;
return errors === 0;
}



const pattern3 = new RegExp("^[a-z]{3}$", "u");

function validate122(data, instancePath=""){
/*# sourceURL="Currency" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(typeof data === "string"){
if(!pattern3.test(data)){
return refuse(validate122, instancePath, "pattern", {pattern: "^[a-z]{3}$"});
}
}
else {
return refuse(validate122, instancePath, "type", {type: "string"});
}
}
validate122.errors = vErrors;
return errors === 0;
}


function validate120(data, instancePath=""){
/*# sourceURL="AdjustmentUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.id === undefined) && (missing0 = "id")){
return refuse(validate120, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(names5.has(key0))){
return refuse(validate120, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
const _errs2 = errors;
if(typeof data.id !== "string"){
return refuse(validate120, instancePath+"/id", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.type !== undefined){
let data1 = data.type;
const _errs4 = errors;
if(typeof data1 !== "string"){
return refuse(validate120, instancePath+"/type", "type", {type: "string"});
}
if(!(((((((data1 === "refund") || (data1 === "credit")) || (data1 === "return")) || (data1 === "exchange")) || (data1 === "price_adjustment")) || (data1 === "cancellation")) || (data1 === "dispute"))){
return refuse(validate120, instancePath+"/type", "enum", {allowedValues: ["refund","credit","return","exchange","price_adjustment","cancellation","dispute"]});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.occurred_at !== undefined){
let data2 = data.occurred_at;
const _errs6 = errors;
if(errors === _errs6){
if(errors === _errs6){
if(typeof data2 === "string"){
if(!(formats2.test(data2))){
return refuse(validate120, instancePath+"/occurred_at", "format", {format: "date-time"});
}
}
else {
return refuse(validate120, instancePath+"/occurred_at", "type", {type: "string"});
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data3 = data.status;
const _errs8 = errors;
if(typeof data3 !== "string"){
return refuse(validate120, instancePath+"/status", "type", {type: "string"});
}
if(!(((data3 === "pending") || (data3 === "completed")) || (data3 === "failed"))){
return refuse(validate120, instancePath+"/status", "enum", {allowedValues: ["pending","completed","failed"]});
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data4 = data.line_items;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
const _errs12 = errors;
if(!(validate114(data4[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate114);
}
var valid1 = _errs12 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate120, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.amount !== undefined){
let data6 = data.amount;
const _errs13 = errors;
if(!(Number.isInteger(data6))){
return refuse(validate120, instancePath+"/amount", "type", {type: "integer"});
}
if(errors === _errs13){
if(Number.isFinite(data6)){
if(data6 < 0 || isNaN(data6)){
return refuse(validate120, instancePath+"/amount", "minimum", {limit: 0});
}
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.currency !== undefined){
const _errs15 = errors;
if(!(validate122(data.currency, instancePath+"/currency"))){
errors = add(vErrors ??= [], validate122);
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
const _errs16 = errors;
if(typeof data.description !== "string"){
return refuse(validate120, instancePath+"/description", "type", {type: "string"});
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
const _errs18 = errors;
if(typeof data.reason !== "string"){
return refuse(validate120, instancePath+"/reason", "type", {type: "string"});
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate120, instancePath, "type", {type: "object"});
}
}
validate120.errors = vErrors;
return errors === 0;
}



function validate126(data, instancePath=""){
/*# sourceURL="OrderNote" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if(((data.id === undefined) && (missing0 = "id")) || ((data.text === undefined) && (missing0 = "text"))){
return refuse(validate126, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "id") || (key0 === "text"))){
return refuse(validate126, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.id !== undefined){
let data0 = data.id;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(func5(data0) > 64){
return refuse(validate126, instancePath+"/id", "maxLength", {limit: 64});
}
else {
if(func5(data0) < 1){
return refuse(validate126, instancePath+"/id", "minLength", {limit: 1});
}
}
}
else {
return refuse(validate126, instancePath+"/id", "type", {type: "string"});
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.text !== undefined){
let data1 = data.text;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(func5(data1) > 2000){
return refuse(validate126, instancePath+"/text", "maxLength", {limit: 2000});
}
else {
if(func5(data1) < 1){
return refuse(validate126, instancePath+"/text", "minLength", {limit: 1});
}
}
}
else {
return refuse(validate126, instancePath+"/text", "type", {type: "string"});
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
return refuse(validate126, instancePath, "type", {type: "object"});
}
}
validate126.errors = vErrors;
return errors === 0;
}


function validate101(data, instancePath=""){
/*# sourceURL="OrderUpdate" */;
let vErrors = null;
let errors = 0;
if(errors === 0){
if(isObject(data)){
let missing0;
if((data.orderId === undefined) && (missing0 = "orderId")){
return refuse(validate101, instancePath, "required", {missingProperty: missing0});
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "orderId") || (key0 === "status")) || (key0 === "line_items")) || (key0 === "fulfillments")) || (key0 === "adjustments")) || (key0 === "estimated_delivery")) || (key0 === "notes")) || (key0 === "meta"))){
return refuse(validate101, instancePath, "additionalProperties", {additionalProperty: key0});
}
}
if(_errs1 === errors){
if(data.orderId !== undefined){
const _errs2 = errors;
if(typeof data.orderId !== "string"){
return refuse(validate101, instancePath+"/orderId", "type", {type: "string"});
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data1 = data.status;
const _errs4 = errors;
if(typeof data1 !== "string"){
return refuse(validate101, instancePath+"/status", "type", {type: "string"});
}
if(!(((((((data1 === "created") || (data1 === "confirmed")) || (data1 === "manual_review")) || (data1 === "processing")) || (data1 === "shipped")) || (data1 === "completed")) || (data1 === "canceled"))){
return refuse(validate101, instancePath+"/status", "enum", {allowedValues: ["created","confirmed","manual_review","processing","shipped","completed","canceled"]});
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.line_items !== undefined){
let data2 = data.line_items;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs8 = errors;
if(!(validate102(data2[i0], instancePath+"/line_items/" + i0))){
errors = add(vErrors ??= [], validate102);
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
else {
return refuse(validate101, instancePath+"/line_items", "type", {type: "array"});
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.fulfillments !== undefined){
let data4 = data.fulfillments;
const _errs9 = errors;
if(errors === _errs9){
if(Array.isArray(data4)){
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs11 = errors;
if(!(validate113(data4[i1], instancePath+"/fulfillments/" + i1))){
errors = add(vErrors ??= [], validate113);
}
var valid2 = _errs11 === errors;
if(!valid2){
break;
}
}
}
else {
return refuse(validate101, instancePath+"/fulfillments", "type", {type: "array"});
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.adjustments !== undefined){
let data6 = data.adjustments;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data6)){
var valid3 = true;
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
const _errs14 = errors;
if(!(validate120(data6[i2], instancePath+"/adjustments/" + i2))){
errors = add(vErrors ??= [], validate120);
}
var valid3 = _errs14 === errors;
if(!valid3){
break;
}
}
}
else {
return refuse(validate101, instancePath+"/adjustments", "type", {type: "array"});
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimated_delivery !== undefined){
const _errs15 = errors;
if(!(validate117(data.estimated_delivery, instancePath+"/estimated_delivery"))){
errors = add(vErrors ??= [], validate117);
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notes !== undefined){
let data9 = data.notes;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data9)){
var valid4 = true;
const len3 = data9.length;
for(let i3=0; i3<len3; i3++){
const _errs18 = errors;
if(!(validate126(data9[i3], instancePath+"/notes/" + i3))){
errors = add(vErrors ??= [], validate126);
}
var valid4 = _errs18 === errors;
if(!valid4){
break;
}
}
}
else {
return refuse(validate101, instancePath+"/notes", "type", {type: "array"});
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.meta !== undefined){
let data11 = data.meta;
const _errs19 = errors;
if(!(isObject(data11))){
return refuse(validate101, instancePath+"/meta", "type", {type: "object"});
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
return refuse(validate101, instancePath, "type", {type: "object"});
}
}
validate101.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^\\d{4}-\\d{2}-\\d{2}$": "must be a date such as 2026-04-17",
    "^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$": "must be names of lower-case letters, digits, _ and -, joined by dots, with or without @ and a date",
    "^\\$\\.[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9_]*)*$": "must be a path such as $.CheckoutSession.discounts",
    "^[a-z]{3}$": "must be an ISO 4217 code in lower case"
};
